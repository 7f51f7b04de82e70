import { pause, type WorkOrder } from '@imprest/application';
import type { Logger } from 'pino';
import type { OrchestratorClient } from '../orchestrator/orchestrator-client.js';
import { isKind } from '../orchestrator/orchestrator-error.js';

/** Work that takes less is over before anybody could stop it. */
const BEGIN_MS = 1_000;
const WAIT_SECONDS = 20;
/** An orchestrator that answers at once is not asked at once again. */
const LEAST_INTERVAL_MS = 1_000;

/** Waits at the orchestrator to be told to stop; heartbeats tell it later, should this fail. */
export class LeaseWatcher {
  private readonly over = new AbortController();

  constructor(
    private readonly client: OrchestratorClient,
    private readonly order: WorkOrder,
    private readonly stop: (reason: 'cancelled' | 'lost') => void,
    private readonly logger: Logger,
  ) {
    void this.watch();
  }

  end(): void {
    this.over.abort();
  }

  private async watch(): Promise<void> {
    const { signal } = this.over;
    await pause(BEGIN_MS, signal);
    while (!signal.aborted) {
      const askedAtMs = performance.now();
      if (await this.isTold()) return;
      await pause(LEAST_INTERVAL_MS - (performance.now() - askedAtMs), signal);
    }
  }

  /** Whether there is nothing more to be heard. */
  private async isTold(): Promise<boolean> {
    const { signal } = this.over;
    try {
      const answer = await this.client.watch(this.order, WAIT_SECONDS, signal);
      if (signal.aborted) return true;
      if (!answer.cancelled && !answer.lost) return false;
      this.stop(answer.cancelled ? 'cancelled' : 'lost');
      return true;
    } catch (error) {
      if (signal.aborted) return true;
      const { jobId, fence } = this.order;
      this.logger.debug({ jobId, fence, err: error }, 'the orchestrator cannot be listened to');
      return isKind(error, 'refused');
    }
  }
}
