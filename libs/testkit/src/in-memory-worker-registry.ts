import {
  type BeatAnswer,
  type Clock,
  type RegisteredWorker,
  systemClock,
  type WorkerBeat,
  type WorkerDescription,
  type WorkerRegistry,
} from '@imprest/application';
import type { OrderedStanding } from '@imprest/domain';

interface Row extends WorkerDescription {
  standing: OrderedStanding;
  residency: WorkerDescription['residency'];
  usedSlots: number;
  readonly registeredAt: Date;
  seenAt: Date;
  hasLeft: boolean;
}

const GONE_AFTER_MS = 35_000;

export class InMemoryWorkerRegistry implements WorkerRegistry {
  private readonly rows = new Map<string, Row>();

  constructor(private readonly clock: Clock = systemClock) {}

  async register(worker: WorkerDescription, standing: OrderedStanding): Promise<void> {
    const now = this.clock.now();
    const fresh = { usedSlots: 0, registeredAt: now, seenAt: now, hasLeft: false };
    this.rows.set(worker.id, { ...worker, ...fresh, standing });
  }

  async beat(beats: readonly WorkerBeat[]): Promise<readonly BeatAnswer[]> {
    return beats.map(({ id, session, residency, usedSlots }) => {
      const row = this.rows.get(id);
      if (row === undefined) return 'unknown';
      if (row.session !== session) return 'replaced';
      Object.assign(row, { residency, usedSlots, seenAt: this.clock.now(), hasLeft: false });
      return row.standing;
    });
  }

  async leave(id: string, session: string): Promise<void> {
    const row = this.rows.get(id);
    if (row?.session === session) Object.assign(row, { hasLeft: true, usedSlots: 0 });
  }

  async order(id: string, standing: OrderedStanding): Promise<boolean> {
    const row = this.rows.get(id);
    if (row !== undefined) row.standing = standing;
    return row !== undefined;
  }

  async workers(): Promise<readonly RegisteredWorker[]> {
    const now = this.clock.now().getTime();
    return [...this.rows.values()]
      .sort((one, other) => (one.id < other.id ? -1 : 1))
      .map(({ standing, hasLeft, ...row }) => {
        const isGone = hasLeft || now - row.seenAt.getTime() > GONE_AFTER_MS;
        return { ...row, state: isGone ? 'gone' : standing };
      });
  }

  async close(): Promise<void> {}
}
