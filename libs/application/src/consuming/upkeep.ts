import type { Delivery } from './delivery.js';
import { ParkedResumption } from './parked-resumption.js';
import type { RunnerServices } from './runner-services.js';
import { Settling } from './settling.js';

const SETTLE_MS = 30_000;

/** What there is to do for a consumer beside its batches. */
export class Upkeep {
  private readonly resumption: ParkedResumption;
  private readonly settling: Settling;
  private running: Promise<void> | undefined;
  private stopped = false;
  private pruned = false;
  /** Undefined while progress is a position. */
  private settleAtMs: number | undefined;

  constructor(
    private readonly delivery: Delivery,
    private readonly services: RunnerServices,
    private readonly missed: (events: number) => void,
  ) {
    const { consumer, work, exclusively } = delivery;
    const { parking, parkedStreams } = services;
    const { name } = consumer;
    const own = { ...services, work, exclusively, deliver: delivery.byRevision.bind(delivery) };
    this.settling = new Settling({ ...own, consumer });
    this.resumption = new ParkedResumption({
      ...own,
      consumer: name,
      streams: parkedStreams,
      park: (poison) => delivery.park(poison),
      released: (stream, revision) => parking.released(name, stream, revision),
    });
  }

  /** How the consumer's progress is kept, as its last batch said. */
  follows(kind: 'position' | 'revisions'): void {
    if (kind === 'position') this.settleAtMs = undefined;
    else this.settleAtMs ??= this.nowMs + SETTLE_MS;
  }

  /**
   * Takes up parked streams that an operator wants taken up, if anything is asked for; with a bus that has no
   * one order looks after what it may have lost, when the consumer has caught up. One at a time.
   * @throws what an engine fails with
   */
  async tend(asked: boolean, caughtUp: boolean): Promise<void> {
    if (this.stopped || this.running !== undefined) return;
    this.running = this.once(asked, caughtUp).finally(() => {
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

  private async once(asked: boolean, caughtUp: boolean): Promise<void> {
    if (asked) await this.resumption.serve();
    const { name } = this.delivery.consumer;
    const { checkpoints } = this.services;
    if (this.settleAtMs === undefined) {
      // What was on record by stream under another bus is behind the position sooner or later.
      if (caughtUp && !this.pruned) await checkpoints.prune(name);
      this.pruned ||= caughtUp;
      return;
    }
    if (!caughtUp || this.nowMs < this.settleAtMs) return;
    const missed = await this.settling.settle(() => this.stopped);
    this.settleAtMs = this.nowMs + SETTLE_MS;
    if (missed > 0) this.missed(missed);
    await checkpoints.prune(name);
  }
}
