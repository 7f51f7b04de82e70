import {
  type CallStanding,
  deadline,
  ProviderError,
  type RenderContext,
  type RenderRequest,
} from '@imprest/application';
import { type Cancellations, Handover } from '@imprest/provider-http';
import type { ComfyuiSettings } from '../comfyui-options.js';
import type { ComfyuiApi } from '../protocol/comfyui-api.js';
import type { ProgressSocket } from '../protocol/progress-socket.js';
import { runId } from '../protocol/run-id.js';
import { type FinishedRun, filesOf, type OutputFile } from '../protocol/run-state.js';
import { RunFollower } from './run-follower.js';
import type { PlannedRun, RunPlan } from './run-plan.js';
import { RunProgress } from './run-progress.js';
import { submitOnce } from './submission.js';

export interface RenderingServices {
  readonly api: ComfyuiApi;
  readonly cancellations: Cancellations;
  readonly settings: ComfyuiSettings;
  openSocket(): ProgressSocket;
}

/** One request, from its references to its last image. */
export class Rendering {
  private readonly handover: Handover;
  /** Runs may be there, of a call whose outcome was lost. */
  private resumes = false;

  constructor(
    private readonly services: RenderingServices,
    private readonly plan: RunPlan,
    private readonly request: RenderRequest,
    private readonly context: RenderContext,
  ) {
    this.handover = new Handover(request, context, plan.made);
  }

  /** @throws ProviderError, or what the receiver of an image throws */
  async make(): Promise<void> {
    const { signal } = this.context;
    const socket = this.services.openSocket();
    try {
      const references = await this.uploaded(signal);
      await socket.opened;
      for (let index = 0; index < this.plan.runs; index += 1) {
        await this.makeRun(this.plan.run(index, references), socket);
      }
    } finally {
      socket.close();
    }
    this.handover.end();
  }

  /**
   * Hands over what an earlier call has made, and makes what is missing of it.
   * @throws ProviderError when that call has failed
   */
  async resume(): Promise<CallStanding> {
    const { api } = this.services;
    const state = await api.stateOf(runId(this.request, 0), this.context.signal).catch(unreachable);
    if (state === undefined) return 'unknown';
    // A server that gives ids of its own may have it under another one.
    if (state.state === 'absent') return api.takesIds ? 'absent' : 'unknown';
    this.resumes = true;
    await this.make();
    return 'rendered';
  }

  private async makeRun(run: PlannedRun, socket: ProgressSocket): Promise<void> {
    const { signal } = this.context;
    if (signal.aborted) throw new ProviderError('cancelled', 'the rendering was cancelled');
    const { api, cancellations, settings } = this.services;
    const submitted = this.submittedId(run, socket);
    const limit = deadline(settings.runMs, signal);
    try {
      const id = await untilAborted(submitted, limit.signal);
      const finished = await this.followed(id, socket, limit.signal);
      await this.handOver(finished, limit.signal);
    } catch (error) {
      if (!isUnknown(error)) {
        // Only now is it sure under which id, and that it does not come after its cancellation.
        const id = submitted.catch(() => run.id);
        cancellations.begin(async (stop) => api.cancel(await id, stop));
      }
      if (signal.aborted || !limit.signal.aborted) throw error;
      const message = `no result within ${settings.runMs / 1_000} seconds`;
      throw new ProviderError('timeout', message, { cause: error });
    } finally {
      limit.end();
    }
  }

  private async submittedId(
    { id, graph }: PlannedRun,
    { clientId }: ProgressSocket,
  ): Promise<string> {
    const { api } = this.services;
    if (this.resumes) {
      const { state } = await api.stateOf(id, this.context.signal);
      if (state !== 'absent') return id;
    }
    return submitOnce(api, { id, graph, clientId });
  }

  private async followed(
    id: string,
    socket: ProgressSocket,
    signal: AbortSignal,
  ): Promise<FinishedRun> {
    const { api, settings } = this.services;
    const progress = new RunProgress(this.plan.template, {
      onFraction: (part) => this.handover.progress(part),
      onPreview: ({ bytes }, at) => void this.handover.preview(bytes, at),
    });
    const follower = new RunFollower(api, socket, settings.follow, (event) =>
      progress.hear(event, performance.now()),
    );
    const finished = await follower.ended(id, signal);
    if (finished !== undefined) {
      if (progress.loadMs > 0) this.context.onModelLoaded?.(progress.loadMs);
      const { executionMs } = finished;
      if (executionMs !== undefined) this.context.onGpuTime?.(executionMs);
      return finished;
    }
    throw new ProviderError('infrastructure', 'the server has lost the run: it may have restarted');
  }

  private async handOver({ outputs }: FinishedRun, signal: AbortSignal): Promise<void> {
    for (const file of filesOf(outputs, this.plan.template.outputNode)) {
      if (this.handover.isComplete) return;
      await this.handover.add(await this.downloaded(file, signal));
    }
  }

  /** A connection may be cut over a large file: what is made is fetched once more. */
  private async downloaded(file: OutputFile, signal: AbortSignal): Promise<Uint8Array> {
    const { api, settings } = this.services;
    try {
      return await api.download(file, settings.mostFileBytes, signal);
    } catch (error) {
      const isLost = error instanceof ProviderError && error.failureClass === 'infrastructure';
      if (!isLost || signal.aborted) throw error;
      return api.download(file, settings.mostFileBytes, signal);
    }
  }

  private async uploaded(signal: AbortSignal): Promise<readonly string[]> {
    const { references } = this.request;
    const prefix = runId(this.request, 0);
    const names: string[] = [];
    for (const [index, reference] of references.entries()) {
      const ending = reference.mediaType.slice('image/'.length);
      const name = `${prefix}-${index + 1}.${ending}`;
      names.push(await this.services.api.upload(reference, name, signal));
    }
    return names;
  }
}

/** A server that is away says nothing about the call. */
function unreachable(error: unknown): undefined {
  if (error instanceof ProviderError && error.failureClass === 'infrastructure') return undefined;
  throw error;
}

const isUnknown = (error: unknown): boolean =>
  error instanceof ProviderError && error.failureClass === 'unknown';

async function untilAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  let stop = () => {};
  const aborted = new Promise<never>((_, reject) => {
    stop = () => reject(new ProviderError('cancelled', 'the rendering was cancelled'));
    if (signal.aborted) stop();
    signal.addEventListener('abort', stop, { once: true });
  });
  try {
    return await Promise.race([work, aborted]);
  } finally {
    signal.removeEventListener('abort', stop);
  }
}
