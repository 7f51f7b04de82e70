import type { PreviewTaker, RenderPreview, WorkOrder } from '@imprest/application';
import type { OrchestratorClient } from '../orchestrator/orchestrator-client.js';

/** Work that takes less is over before anybody could look. */
const BEGIN_MS = 500;
const LEAST_PAUSE_MS = 500;
/** After one that was refused, or that nobody answered. */
const TROUBLE_PAUSE_MS = 10_000;

/**
 * Shows what one order is at, one preview at a time and as often as the orchestrator wants. Its failures are nobody's: that
 * the lease was lost is for heartbeats to say, for a late preview may come after an outcome that counted.
 */
export class PreviewUploads implements PreviewTaker {
  private nextAtMs = performance.now() + BEGIN_MS;
  private isSending = false;

  constructor(
    private readonly client: Pick<OrchestratorClient, 'preview'>,
    private readonly order: WorkOrder,
    private readonly signal: AbortSignal,
  ) {}

  get isOpen(): boolean {
    return !this.isSending && !this.signal.aborted && performance.now() >= this.nextAtMs;
  }

  take(preview: RenderPreview): void {
    if (this.isOpen) void this.send(preview);
  }

  private async send(preview: RenderPreview): Promise<void> {
    this.isSending = true;
    const answer = await this.client
      .preview(this.order, preview, this.signal)
      .catch(() => undefined);
    const pauseMs = Math.max(answer?.pauseMs ?? TROUBLE_PAUSE_MS, LEAST_PAUSE_MS);
    this.nextAtMs = performance.now() + pauseMs;
    this.isSending = false;
  }
}
