import type { Delivery } from './delivery.js';
import { ParkedResumption } from './parked-resumption.js';
import type { RunnerServices } from './runner-services.js';
import { Settling } from './settling.js';

const SETTLE_MS = 10_000;

export interface UpkeepOccasion {
  /** An operator wants a parked stream of this consumer taken up. */
  readonly asked: boolean;
  /** This process runs the consumer, and does not only stand by. */
  readonly isOurs: boolean;
  readonly caughtUp: boolean;
  /** The bus has brought nothing for a while. */
  readonly isSilent: boolean;
}

/** What there is to do for a consumer beside its batches. */
export class Upkeep {
  private readonly resumption: ParkedResumption;
  private readonly settling: Settling;
  private running: Promise<void> | undefined;
  private stopped = false;
  private pruned = false;
  private settleAtMs: number;

  constructor(
    private readonly delivery: Delivery,
    private readonly services: RunnerServices,
    private readonly missed: (events: number) => void,
  ) {
    const { consumer, work, exclusively } = delivery;
    const { parking, parkedStreams } = services;
    const { name } = consumer;
    this.settleAtMs = this.nowMs + SETTLE_MS;
    const own = { ...services, work, exclusively, deliver: delivery.byRevision.bind(delivery) };
    this.settling = new Settling({ ...own, consumer });
    this.resumption = new ParkedResumption({
      ...own,
      consumer,
      streams: parkedStreams,
      park: (poison) => delivery.park(poison),
      released: (stream, revision) => parking.released(name, stream, revision),
    });
  }

  /**
   * Takes up parked streams that an operator wants taken up, if anything is asked for; with a bus that has no
   * one order looks after what it may have lost, when the consumer has caught up. One at a time.
   * @throws what an engine fails with
   */
  async tend(occasion: UpkeepOccasion): Promise<void> {
    if (this.stopped || this.running !== undefined || !occasion.isOurs) return;
    this.running = this.once(occasion).finally(() => {
      this.running = undefined;
    });
    await this.running;
  }

  async stop(): Promise<void> {
    this.stopped = true;
    await this.running?.catch(() => undefined);
  }

  private get nowMs(): number {
    return this.services.clock.now().getTime();
  }

  private async once({ asked, caughtUp, isSilent }: UpkeepOccasion): Promise<void> {
    if (asked) await this.resumption.serve();
    const { name } = this.delivery.consumer;
    const { checkpoints } = this.services;
    if (this.services.bus.progress === 'position') {
      // What was on record by stream under another bus is behind the position sooner or later.
      if (caughtUp && !this.pruned) await checkpoints.prune(name);
      this.pruned ||= caughtUp;
      return;
    }
    if (!caughtUp || this.nowMs < this.settleAtMs) return;
    const missed = await this.settling.settle(() => this.stopped);
    // A bus that is not heard may have nothing to bring, or bring nothing: whatever happens is found here then.
    this.settleAtMs = this.nowMs + (isSilent ? 0 : SETTLE_MS);
    if (missed > 0) this.missed(missed);
    await checkpoints.prune(name);
  }
}
