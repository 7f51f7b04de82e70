import {
  deadline,
  type GenerationProvider,
  ProviderError,
  type RenderContext,
  type RenderedImage,
  type RenderRequest,
  type WorkerFailure,
  type WorkOrder,
} from '@imprest/application';
import type { AttemptUsage } from '@imprest/domain';
import type { OutgoingHttp } from '@imprest/outgoing-http';
import type { Tracing } from '@imprest/platform';
import type { Logger } from 'pino';
import type { OrchestratorClient } from '../orchestrator/orchestrator-client.js';
import { isKind } from '../orchestrator/orchestrator-error.js';
import { untilAnswered } from '../orchestrator/until-answered.js';
import type { ResidentModels } from '../presence/resident-models.js';
import { downloadReferences } from '../reference-download.js';
import { GpuMeter } from './gpu-meter.js';
import { identityOf } from './identity-of.js';
import { imageSize } from './image-size.js';
import { ImageUploads } from './image-uploads.js';
import { LeaseKeeper, WorkStopped } from './lease-keeper.js';
import { PreviewUploads } from './preview-uploads.js';
import { settled } from './settled.js';
import { CallStillUnresolved, resolveCall } from './unresolved-call.js';

export interface OrderRunServices {
  readonly client: OrchestratorClient;
  readonly providers: ReadonlyMap<string, GenerationProvider>;
  readonly models: Pick<ResidentModels, 'loaded' | 'used'>;
  readonly referenceHttp: Pick<OutgoingHttp, 'download'>;
  readonly renderTimeoutMs: number;
  readonly logger: Logger;
  readonly tracing: Tracing;
}

/** A provider that does not stop when told to is left behind after this. */
const STOP_GRACE_MS = 5_000;
/** An outcome nobody takes is given up; the lease runs out then, and the job is tried again. */
const REPORT_MS = 300_000;
const MAX_MESSAGE_CHARACTERS = 1_000;

/** One order, from its references to its outcome. */
export class OrderRun {
  /** Never rejects. */
  readonly finished: Promise<void>;
  private readonly keeper: LeaseKeeper;
  private readonly log: Logger;
  private readonly meter = new GpuMeter();

  constructor(
    private readonly services: OrderRunServices,
    readonly order: WorkOrder,
  ) {
    const { jobId, fence, attempt, model } = order;
    this.log = services.logger.child({ jobId, fence, attempt, model });
    this.keeper = new LeaseKeeper(services.client, order, this.log);
    this.finished = this.run();
  }

  /** The worker ends: the job is given back, for another one to do. */
  stop(): void {
    this.keeper.stop('stopping');
  }

  private async run(): Promise<void> {
    const timeout = setTimeout(() => this.keeper.stop('timeout'), this.services.renderTimeoutMs);
    try {
      const uploads = await this.render();
      clearTimeout(timeout);
      await this.reportImages(uploads);
    } catch (error) {
      clearTimeout(timeout);
      await this.reportFailure(error);
    } finally {
      this.keeper.end();
    }
  }

  private modelLoaded(ms: number): void {
    const { provider, providerModel: model } = this.order;
    this.meter.loaded(ms);
    this.services.models.loaded({ provider, model });
  }

  /** What the attempt took, and the model's use with it. */
  private measured(): AttemptUsage | undefined {
    const { provider, providerModel: model } = this.order;
    this.meter.end();
    const { usage } = this.meter;
    if (usage !== undefined) this.services.models.used({ provider, model }, usage);
    return usage;
  }

  /** @throws ProviderError, WorkStopped, or whatever a faulty provider throws */
  private async render(): Promise<ImageUploads> {
    const { order, keeper, services } = this;
    const signal = keeper.workSignal;
    const provider = services.providers.get(order.provider);
    if (provider === undefined) {
      const message = `this worker has no provider ${order.provider} for model ${order.model}`;
      throw new ProviderError('infrastructure', message);
    }
    const references = await downloadReferences(
      services.referenceHttp,
      order.references,
      signal,
      (index, stop) => services.client.reference(order, index, stop),
    );
    const identity = await identityOf(order, provider, services.client, signal);
    const request = {
      ...renderRequest(order),
      ...imageSize(order, references),
      references,
      identity,
    };
    const uploads = new ImageUploads(services.client, order, keeper);
    const attributes = { 'imprest.provider': order.provider, 'imprest.attempt': order.attempt };
    const span = { name: 'provider call', kind: 'client', attributes } as const;
    await services.tracing.within(span, order.traceparent, () => {
      const context = {
        signal,
        onProgress: (fraction: number) => keeper.report(fraction),
        onImage: (image: RenderedImage) => this.meter.idleFor(() => uploads.add(image)),
        onModelLoaded: (ms: number) => this.modelLoaded(ms),
        onGpuTime: (ms: number) => this.meter.told(ms),
        ...(order.previews && { previews: new PreviewUploads(services.client, order, signal) }),
      };
      this.meter.begin();
      return settled(this.call(provider, request, context), signal, STOP_GRACE_MS);
    });
    return uploads;
  }

  private async call(
    provider: GenerationProvider,
    request: RenderRequest,
    context: RenderContext,
  ): Promise<void> {
    const { unresolved } = this.order;
    const isDone = unresolved && (await resolveCall(provider, request, context, unresolved));
    if (!isDone) await provider.render(request, context);
  }

  private async reportImages({ receipts, lost }: ImageUploads): Promise<void> {
    const { client } = this.services;
    const usage = this.measured();
    await this.report((signal) => client.rendered(this.order, receipts, lost, usage, signal));
  }

  private async reportFailure(error: unknown): Promise<void> {
    const usage = this.measured();
    const reason = this.keeper.workSignal.aborted ? this.keeper.workSignal.reason : error;
    if (this.keeper.leaseSignal.aborted) {
      this.log.info({ reason: reason.message }, 'work given up');
      return;
    }
    const failure = { ...failureOf(reason, this.services.renderTimeoutMs), usage };
    this.log.warn({ failureClass: failure.failureClass, err: reason }, 'work failed');
    await this.report((signal) => this.services.client.failed(this.order, failure, signal));
  }

  private async report(tell: (signal: AbortSignal) => Promise<string | undefined>): Promise<void> {
    const { signal, end } = deadline(REPORT_MS, this.keeper.leaseSignal);
    try {
      const status = await untilAnswered(() => tell(signal), signal);
      this.log.info({ status }, 'outcome reported');
    } catch (error) {
      const late = isKind(error, 'lease_lost', 'cancelled') || this.keeper.leaseSignal.aborted;
      this.log[late ? 'info' : 'error']({ err: error }, 'outcome did not count');
    } finally {
      end();
    }
  }
}

function renderRequest(order: WorkOrder): Omit<RenderRequest, 'width' | 'height' | 'references'> {
  const { jobId, attempt, providerModel, prompt, seed, images, sequential } = order;
  const { guidanceScale, watermark, mediaType, clip, negativePrompt } = order;
  return {
    jobId,
    attempt,
    model: providerModel,
    prompt,
    negativePrompt,
    seed,
    images,
    sequential,
    guidanceScale,
    watermark,
    mediaType,
    ...(clip && { clip }),
  };
}

function failureOf(error: unknown, renderTimeoutMs: number): WorkerFailure {
  if (error instanceof WorkStopped) {
    return error.reason === 'timeout'
      ? { failureClass: 'timeout', message: `no result within ${renderTimeoutMs / 1_000} seconds` }
      : { failureClass: 'infrastructure', message: 'the worker was stopped' };
  }
  const said = error instanceof Error ? error.message : String(error);
  const message = (said || 'no reason given').slice(0, MAX_MESSAGE_CHARACTERS);
  if (!(error instanceof ProviderError)) return { failureClass: 'infrastructure', message };
  const { failureClass } = error;
  if (error instanceof CallStillUnresolved) {
    return { failureClass: 'unknown', message, unresolvedAttempt: error.attempt };
  }
  return { failureClass: failureClass === 'cancelled' ? 'infrastructure' : failureClass, message };
}
