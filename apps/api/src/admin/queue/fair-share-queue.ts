import {
  CLOCK,
  type Clock,
  InvalidCursor,
  JOB_QUEUE,
  Polled,
  type QueueLine,
  type WorkQueue,
} from '@imprest/application';
import { Inject, Injectable } from '@nestjs/common';
import { TimeShares } from './time-shares.js';

const FRESH_MS = 1_000;
const MOST_LINES = 10_000;

export interface QueueSelection {
  readonly tenantId?: string;
  readonly model?: string;
  readonly limit: number;
  readonly cursor?: string;
}

/** Who waits and who gets what. One look at the queue serves all who ask within a second, or longer when it is long. */
@Injectable()
export class FairShareQueue {
  private readonly lines: Polled<readonly QueueLine[]>;

  constructor(
    @Inject(JOB_QUEUE) queue: WorkQueue,
    private readonly times: TimeShares,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {
    this.lines = new Polled({ clock, freshMs: FRESH_MS, read: () => queue.lines(MOST_LINES) });
  }

  /** @throws InvalidCursor */
  async page({ tenantId, model, limit, cursor }: QueueSelection) {
    const lines = await this.lines.get();
    const wanted = lines.filter(
      (line) =>
        (tenantId === undefined || line.tenantId === tenantId) &&
        (model === undefined || line.lane === model),
    );
    // The lines come in this order, so the first one of a tenant says where it stands.
    const tenants = [...byTenant(wanted)];
    const from = offsetOf(cursor);
    const partOf = this.times.parts();
    const shown = tenants
      .slice(from, from + limit)
      .map(([id, own]) => ({ ...tenantView(id, own), shareOfTime: partOf(id) }));
    const more = from + limit < tenants.length;
    return {
      at: this.clock.now().toISOString(),
      windowSeconds: this.times.windowSeconds,
      tenants: shown,
      nextCursor: more ? String(from + limit) : null,
      complete: lines.length < MOST_LINES,
    };
  }
}

function byTenant(lines: readonly QueueLine[]): ReadonlyMap<string, readonly QueueLine[]> {
  const own = new Map<string, QueueLine[]>();
  for (const line of lines) own.set(line.tenantId, [...(own.get(line.tenantId) ?? []), line]);
  return own;
}

function offsetOf(cursor: string | undefined): number {
  if (cursor === undefined) return 0;
  if (!/^[0-9]{1,5}$/.test(cursor)) throw new InvalidCursor();
  return Number(cursor);
}

function loadOf({ ready, delayed, leased, oldestReadySeconds, readyCost }: QueueLine) {
  return {
    ...{ waiting: ready, delayed, running: leased },
    oldestWaitSeconds: oldestReadySeconds,
    waitingGpuMs: Math.round(readyCost),
  };
}

function tenantView(tenantId: string, lines: readonly QueueLine[]) {
  const models = lines.map((line) => ({ model: line.lane, ...loadOf(line) }));
  const sum = (of: 'waiting' | 'delayed' | 'running' | 'waitingGpuMs') =>
    models.reduce((total, model) => total + model[of], 0);
  const { weight, cap, priority } = (lines[0] as QueueLine).share;
  const running = sum('running');
  return {
    ...{ tenantId, weight, priority, cap, atCap: cap !== null && running >= cap },
    ...{ waiting: sum('waiting'), delayed: sum('delayed'), running },
    oldestWaitSeconds: Math.max(...models.map((model) => model.oldestWaitSeconds)),
    waitingGpuMs: sum('waitingGpuMs'),
    models,
  };
}
