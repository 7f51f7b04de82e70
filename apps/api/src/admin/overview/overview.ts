import {
  CLOCK,
  type Clock,
  ENDPOINT_TRAFFIC,
  type EndpointTraffic,
  JOB_QUEUE,
  PARKED_STREAMS,
  type ParkedStreams,
  Polled,
  type QueueDepth,
  type RegisteredWorker,
  WEBHOOK_QUEUE,
  WORKER_REGISTRY,
  type WorkerRegistry,
  type WorkQueue,
} from '@imprest/application';
import { ControlRoomQueries, type SettledDeliveries } from '@imprest/read-models';
import { Inject, Injectable } from '@nestjs/common';
import { ConsumerLags } from './consumer-lags.js';

const FRESH_MS = 1_000;

type Overview = Awaited<ReturnType<OperatorOverview['read']>>;

/** The whole installation at a glance. Any number of pages may ask at any rate: it is looked up once a second. */
@Injectable()
export class OperatorOverview {
  private readonly polled: Polled<Overview>;

  constructor(
    @Inject(JOB_QUEUE) private readonly jobs: WorkQueue,
    @Inject(WEBHOOK_QUEUE) private readonly webhooks: WorkQueue,
    @Inject(WORKER_REGISTRY) private readonly registry: WorkerRegistry,
    @Inject(ENDPOINT_TRAFFIC) private readonly traffic: EndpointTraffic,
    @Inject(PARKED_STREAMS) private readonly parked: ParkedStreams,
    private readonly counts: ControlRoomQueries,
    private readonly lags: ConsumerLags,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {
    this.polled = new Polled({ clock, freshMs: FRESH_MS, read: () => this.read() });
  }

  get(): Promise<Overview> {
    return this.polled.get();
  }

  async read() {
    const now = this.clock.now();
    const [accepted, queue, workers, deliveries, lag, findings, parked, deadLetters] =
      await Promise.all([
        this.counts.accepted(now),
        this.jobs.depth(),
        this.registry.workers(),
        this.deliveries(now),
        this.lags.read(),
        this.counts.openFindings(),
        this.parked.counts(),
        this.counts.deadLetters(now),
      ]);
    const open = findings.filter(({ source }) => source === 'invariant');
    return {
      at: now.toISOString(),
      accepted,
      queue: queueView(queue),
      workers: workersView(workers),
      deliveries,
      ...{ head: lag.head, consumers: lag.consumers },
      invariantViolations: open.reduce((sum, each) => sum + each.open, 0),
      openFindings: findings,
      parkedStreams: parked.reduce((sum, each) => sum + each.parked, 0),
      deadLetters,
    };
  }

  private async deliveries(now: Date) {
    const [depth, failingEndpoints, settled] = await Promise.all([
      this.webhooks.depth(),
      this.traffic.failing(),
      this.counts.settledDeliveries(now),
    ]);
    const pending = depth.reduce(
      (sum, { ready, delayed, leased }) => sum + ready + delayed + leased,
      0,
    );
    return { pending, failingEndpoints, ...settled, successRatio: ratioOf(settled) };
  }
}

function queueView(depth: readonly QueueDepth[]) {
  const models = depth.map(({ lane, ready, delayed, leased, oldestReadySeconds }) => ({
    ...{ model: lane, waiting: ready, delayed, running: leased },
    oldestWaitSeconds: oldestReadySeconds,
  }));
  const sum = (of: 'waiting' | 'delayed' | 'running') =>
    models.reduce((total, model) => total + model[of], 0);
  const oldest = models.reduce((most, model) => Math.max(most, model.oldestWaitSeconds), 0);
  return {
    ...{ waiting: sum('waiting'), delayed: sum('delayed'), running: sum('running') },
    ...{ oldestWaitSeconds: oldest, models },
  };
}

function workersView(workers: readonly RegisteredWorker[]) {
  const counts = { active: 0, cordoned: 0, draining: 0, gone: 0, slots: 0, busySlots: 0 };
  for (const { state, slots, usedSlots } of workers) {
    counts[state] += 1;
    if (state === 'gone') continue;
    counts.slots += slots;
    counts.busySlots += usedSlots;
  }
  return counts;
}

/** Null while nothing has come to an end. */
function ratioOf({ delivered, failed }: SettledDeliveries): number | null {
  const ended = delivered + failed;
  return ended === 0 ? null : Math.round((delivered / ended) * 10_000) / 10_000;
}
