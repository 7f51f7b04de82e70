import {
  type ClipRequest,
  type GenerationProvider,
  type IdentityEmbedding,
  ProviderError,
  type RenderContext,
  type RenderRequest,
} from '@imprest/application';
import { Delivery } from './delivery.js';
import { EarlyLooks } from './early-looks.js';
import { frameCount } from './frame-count.js';
import { embeddingOf } from './identity/embedding.js';
import { latency } from './latency.js';
import { LoadedModel } from './loaded-model.js';
import { ClipMaker } from './motion/clip-maker.js';
import type { ImageTask } from './rendering/image-task.js';
import { checkRequest } from './request-limits.js';
import { checkedOptions, type SimulatorOptions } from './simulator-options.js';
import { RenderPool } from './threads/render-pool.js';
import { failureError, markedFaults, randomFailure, type TrialFaults } from './trial-faults.js';

/** Makes real images and clips on the CPU: the same request gives the same pixels, on any day, in any order. */
export class SimulatorProvider implements GenerationProvider {
  readonly name = 'simulator';
  private readonly options: Required<SimulatorOptions>;
  private readonly model: LoadedModel;
  private readonly pool: RenderPool;
  private readonly clips: ClipMaker;

  /** @throws RangeError when an option is out of its bounds */
  constructor(options: SimulatorOptions = {}, pool?: RenderPool, clips?: ClipMaker) {
    this.options = checkedOptions(options);
    this.model = new LoadedModel(this.options.modelLoadMs);
    this.pool = pool ?? new RenderPool(this.options.threads);
    this.clips = clips ?? new ClipMaker(this.pool);
  }

  async embedIdentity(description: string): Promise<IdentityEmbedding> {
    return embeddingOf(description);
  }

  async render(request: RenderRequest, context: RenderContext): Promise<void> {
    checkRequest(request);
    const faults = this.faultsOf(request);
    await this.model.need(request.model, context);
    const { sequential, images } = request;
    if (request.clip) return this.makeClip(request, request.clip, faults, context);
    const count = sequential ? frameCount(faults.prompt, images) : images;
    const delivery = new Delivery(count, context);
    const stop = new AbortController();
    const signal = AbortSignal.any([context.signal, stop.signal]);
    const references = request.references.map(({ bytes }) => shared(bytes));
    const looks = new EarlyLooks(this.pool, context.previews, signal);
    let next = 0;
    const lane = async () => {
      for (let index = next++; index < count; index = next++) {
        const task = taskOf(request, faults.prompt, references, index);
        await looks.pause(this.waitMs(faults), task, index);
        if (faults.failure && index >= faults.failure.beforeImage) {
          throw failureError(faults.failure.failureClass);
        }
        if (faults.lost.has(index)) delivery.skip(index);
        else {
          await looks.show(task, index);
          await this.makeImage(task, index, delivery, signal);
        }
      }
    };
    const lanes = Array.from({ length: Math.min(this.options.threads, count) }, async () => {
      try {
        await lane();
      } catch (error) {
        stop.abort();
        throw error;
      }
    });
    await settled(lanes);
  }

  private async makeClip(
    request: RenderRequest,
    clip: ClipRequest,
    faults: TrialFaults,
    context: RenderContext,
  ): Promise<void> {
    const { signal } = context;
    const delivery = new Delivery(1, context);
    await latency(this.waitMs(faults), signal);
    if (faults.failure) throw failureError(faults.failure.failureClass);
    if (faults.lost.has(0)) return delivery.skip(0);
    const [reference] = request.references;
    if (reference === undefined) throw new ProviderError('user', 'a clip needs a source image');
    const order = { request, clip, prompt: faults.prompt, source: shared(reference.bytes) };
    const made = await this.clips.make(order, signal, (part) => delivery.progress(0, part));
    const { width, height } = request;
    await delivery.handOver({ index: 0, ...made, width, height });
  }

  close(): Promise<void> {
    return this.pool.close();
  }

  private faultsOf(request: RenderRequest): TrialFaults {
    const { failureRate, trialFaults } = this.options;
    const marked = trialFaults
      ? markedFaults(request)
      : { prompt: request.prompt, failure: undefined, lost: new Set<number>(), slowMs: 0 };
    return { ...marked, failure: marked.failure ?? randomFailure(request, failureRate) };
  }

  /** Before each picture. */
  private waitMs({ slowMs }: TrialFaults): number {
    return this.options.latencyMs + slowMs;
  }

  private async makeImage(
    task: ImageTask,
    index: number,
    delivery: Delivery,
    signal: AbortSignal,
  ): Promise<void> {
    const bytes = await this.pool.render(task, signal, (fraction) =>
      delivery.progress(index, fraction),
    );
    const { mediaType, width, height } = task;
    await delivery.handOver({ index, bytes, mediaType, width, height });
  }
}

/** Images of a set differ by seed; frames of a series share it and differ by their place. */
function taskOf(
  request: RenderRequest,
  prompt: string,
  references: readonly Uint8Array[],
  index: number,
): ImageTask {
  const { model, seed, width, height, sequential, identity } = request;
  const { guidanceScale, watermark, mediaType } = request;
  return {
    model,
    prompt,
    ...(identity && { identity }),
    seed: sequential ? seed : seed + index,
    width,
    height,
    frame: sequential ? index : 0,
    guidanceScale,
    watermark,
    mediaType,
    references,
  };
}

/** In memory that all threads read, so that many images with large references cost one copy. */
function shared(bytes: Uint8Array): Uint8Array {
  const copy = new Uint8Array(new SharedArrayBuffer(bytes.length));
  copy.set(bytes);
  return copy;
}

/** Waits for all, then throws what went wrong first; failures that only follow from it are cancellations. */
async function settled(lanes: readonly Promise<void>[]): Promise<void> {
  const failures = (await Promise.allSettled(lanes)).flatMap((lane) =>
    lane.status === 'rejected' ? [lane.reason as unknown] : [],
  );
  if (failures.length === 0) return;
  throw failures.find((error) => !isCancellation(error)) ?? failures[0];
}

const isCancellation = (error: unknown): boolean =>
  error instanceof ProviderError && error.failureClass === 'cancelled';
