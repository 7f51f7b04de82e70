import {
  deadline,
  derivedId,
  ProviderError,
  type RenderContext,
  type RenderRequest,
} from '@imprest/application';
import {
  type Batch,
  batchesOf,
  type Cancellations,
  Handover,
  madeSize,
  valuesOf,
  withUserFaults,
} from '@imprest/provider-http';
import type { CogSettings } from '../cog-options.js';
import { filledInput } from '../mapping/filled-input.js';
import type { InputMapping } from '../mapping/input-mapping.js';
import type { CogApi, PredictionOrder } from '../protocol/cog-api.js';
import { fieldsOf, predictionItems } from '../protocol/prediction.js';
import { inputRefusal, predictionFailure } from '../protocol/prediction-failure.js';
import type { LinkedOutputs } from './linked-outputs.js';
import { fractionIn } from './log-progress.js';

export interface RenderingServices {
  readonly api: CogApi;
  readonly cancellations: Cancellations;
  readonly outputs: LinkedOutputs;
  readonly settings: CogSettings;
}

/** Some models add to their images a file of another kind. */
const SPARE_FILES = 4;
/** A server that cannot be reached at once to stop a lost prediction leaves its outcome unknown. */
const STOP_MS = 2_000;

/** One request, from its first prediction to its last image. */
export class Rendering {
  private readonly handover: Handover;

  constructor(
    private readonly services: RenderingServices,
    private readonly mapping: InputMapping,
    private readonly request: RenderRequest,
    private readonly context: RenderContext,
  ) {
    this.handover = new Handover(request, context, madeSize(mapping.inputs, request));
  }

  /** @throws ProviderError, or what the receiver of an image throws */
  async make(): Promise<void> {
    const batches = batchesOf(this.request, this.mapping.inputs.images?.most ?? 1);
    for (const [index, batch] of batches.entries()) {
      await this.makeBatch(this.orderOf(batch, index), batch.count);
    }
    this.handover.end();
  }

  private orderOf(batch: Batch, index: number): PredictionOrder {
    const { jobId, attempt, references, mediaType } = this.request;
    const values = valuesOf(this.request, batch);
    return {
      id: derivedId('run', jobId, String(attempt), String(index)),
      input: withUserFaults(() => filledInput(this.mapping, { values, references, mediaType })),
    };
  }

  private async makeBatch(order: PredictionOrder, images: number): Promise<void> {
    const { settings } = this.services;
    const { signal } = this.context;
    if (signal.aborted) throw new ProviderError('cancelled', 'the rendering was cancelled');
    const limit = deadline(settings.runMs, signal);
    try {
      await this.predict(order, images, limit.signal);
    } catch (error) {
      const stopped = await this.stop(order, error);
      if (signal.aborted || !limit.signal.aborted) throw stopped;
      const message = `no result within ${settings.runMs / 1_000} seconds`;
      throw new ProviderError('timeout', message, { cause: error });
    } finally {
      limit.end();
    }
  }

  private async predict(
    order: PredictionOrder,
    images: number,
    signal: AbortSignal,
  ): Promise<void> {
    const { api, outputs, settings } = this.services;
    const { answer, isStream } = await api.begin(order, signal);
    if (answer.status === 202) {
      await answer.discard();
      throw new ProviderError('unknown', `${answer.where}: the prediction is under way already`);
    }
    if (!answer.isSuccess) throw await inputRefusal(answer, this.mapping);
    const limits = { ...settings, mostFiles: images + SPARE_FILES };
    for await (const item of predictionItems(answer, isStream, limits)) {
      if (item.type === 'log') this.handover.progress(fractionIn(item.text) ?? 0);
      else if (item.type === 'file') {
        await this.handover.add(await outputs.bytesOf(item.file, signal));
      } else if (item.type === 'ended') this.end(item.prediction);
    }
  }

  /** `metrics.predict_time` is in seconds. */
  private end(prediction: Readonly<Record<string, unknown>>): void {
    const { predict_time: seconds } = fieldsOf(prediction.metrics);
    if (typeof seconds === 'number') this.context.onGpuTime?.(seconds * 1_000);
    if (prediction.status !== 'succeeded') throw predictionFailure(prediction);
  }

  /**
   * Nobody waits for the prediction any more: it is stopped. Where its outcome was unknown, a server that says it is stopped makes
   * sure of it.
   */
  private async stop({ id }: PredictionOrder, error: unknown): Promise<unknown> {
    const { api, cancellations } = this.services;
    const isUnknown = error instanceof ProviderError && error.failureClass === 'unknown';
    if (!isUnknown) {
      cancellations.begin((signal) => api.cancel(id, signal));
      return error;
    }
    const limit = deadline(STOP_MS);
    try {
      await api.cancel(id, limit.signal);
      return new ProviderError('infrastructure', error.message, { cause: error });
    } catch {
      return error;
    } finally {
      limit.end();
    }
  }
}
