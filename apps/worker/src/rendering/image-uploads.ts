import { ProviderError, type RenderedImage, type WorkOrder } from '@imprest/application';
import type { OrchestratorClient } from '../orchestrator/orchestrator-client.js';
import { isKind, OrchestratorError } from '../orchestrator/orchestrator-error.js';
import { untilAnswered } from '../orchestrator/until-answered.js';
import type { LeaseKeeper } from './lease-keeper.js';

/** Hands over the images of one order as they come. Marks are the orchestrator's to write: see its output stage. */
export class ImageUploads {
  private readonly received = new Map<number, string>();
  private readonly gone = new Set<number>();

  constructor(
    private readonly client: OrchestratorClient,
    private readonly order: WorkOrder,
    private readonly keeper: LeaseKeeper,
  ) {}

  get receipts(): readonly string[] {
    return [...this.received.values()];
  }

  /** Indexes that storage did not take. */
  get lost(): readonly number[] {
    return [...this.gone];
  }

  /** @throws ProviderError when the image is not what was ordered, WorkStopped when nobody wants it any more */
  async add(image: RenderedImage): Promise<void> {
    this.keeper.workSignal.throwIfAborted();
    const { index, bytes, mediaType } = image;
    const { images } = this.order;
    if (!Number.isInteger(index) || index < 0 || index >= images) {
      throw new ProviderError('model', `the provider made image ${index} of ${images}`);
    }
    try {
      const receipt = await this.upload({ index, bytes, mediaType });
      this.received.set(index, receipt);
      this.gone.delete(index);
    } catch (error) {
      this.refused(index, error);
    }
  }

  private upload(image: Parameters<OrchestratorClient['upload']>[1]): Promise<string> {
    const { workSignal } = this.keeper;
    return untilAnswered(() => this.client.upload(this.order, image, workSignal), workSignal);
  }

  private refused(index: number, error: unknown): void {
    if (isKind(error, 'storage_failed')) {
      if (!this.received.has(index)) this.gone.add(index);
      return;
    }
    if (isKind(error, 'cancelled')) this.keeper.stop('cancelled');
    if (isKind(error, 'lease_lost')) this.keeper.stop('lost');
    this.keeper.workSignal.throwIfAborted();
    if (error instanceof OrchestratorError && error.kind === 'refused') {
      throw new ProviderError('model', `image ${index} was refused: ${error.message}`);
    }
    throw error;
  }
}
