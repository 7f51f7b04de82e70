import type {
  AttemptOutcome,
  EndedAttempt,
  ModelBreakers,
  ScalingSignals,
  WorkQueue,
} from '@imprest/application';
import { Injectable } from '@nestjs/common';
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';

/** Bounds in seconds around what is promised: milliseconds for requests, minutes for work. */
const REQUEST_BUCKETS = [
  0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 60,
];
const APPEND_BUCKETS = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.5, 1];

/** Metrics of the process. No label ever holds a tenant, a key or an end user. */
@Injectable()
export class Metrics {
  readonly registry = new Registry();
  private readonly samplers: (() => Promise<void> | void)[] = [];

  readonly requests = new Histogram({
    name: 'imprest_http_request_seconds',
    help: 'Time to answer, by route and status',
    labelNames: ['method', 'route', 'status'],
    buckets: REQUEST_BUCKETS,
    registers: [this.registry],
  });
  readonly appends = new Histogram({
    name: 'imprest_event_store_append_seconds',
    help: 'Time of one group commit',
    buckets: APPEND_BUCKETS,
    registers: [this.registry],
  });
  readonly appendedEvents = this.counter('imprest_events_appended_total', 'Events appended');
  readonly accepted = this.counter('imprest_generations_accepted_total', 'Requests accepted');
  readonly refused = this.counter(
    'imprest_requests_refused_total',
    'Requests refused, by error code',
    'code',
  );
  readonly webhookAttempts = this.counter(
    'imprest_webhook_attempts_total',
    'Webhook attempts, by outcome',
    'outcome',
  );
  readonly jobAttempts = this.counter(
    'imprest_job_attempts_total',
    'Ended job attempts, by outcome',
    'outcome',
  );
  readonly missedDeadlines = this.counter(
    'imprest_job_deadlines_missed_total',
    'Jobs that a deadline ended, by deadline',
    'deadline',
  );
  readonly modelSwaps = this.counter(
    'imprest_model_swaps_total',
    'Jobs for which a worker has to unload another model, by the model that comes in',
    'model',
  );
  readonly workers = this.gauge('imprest_workers', 'Workers that have registered', 'state');
  readonly modelWorkers = this.gauge(
    'imprest_model_workers',
    'Workers of a model: serving, of them loaded, of these idle, and how many should have it loaded',
    'model',
    'state',
  );
  readonly modelLoads = this.counter('imprest_model_loads_total', 'Loads of a model', 'model');
  readonly modelLoadSeconds = this.counter(
    'imprest_model_load_seconds_total',
    'Time that loads of a model took',
    'model',
  );
  readonly shutModels = this.gauge(
    'imprest_model_breaker_open',
    'Whether the breaker of a model keeps work from it: 1 open, 0.5 half open, 0 closed',
    'model',
  );
  readonly consumerLag = this.gauge(
    'imprest_consumer_lag_events',
    'Positions behind the head of the event store',
    'consumer',
  );
  readonly consumerFailing = this.gauge(
    'imprest_consumer_failing',
    '1 while a consumer cannot go on',
    'consumer',
  );
  readonly consumerMissed = this.gauge(
    'imprest_consumer_events_missed',
    'Events that the message bus had not brought in time, since the process began',
    'consumer',
  );
  readonly parkedStreams = this.gauge(
    'imprest_parked_streams',
    'Streams that wait for an operator because the consumer fails at an event',
    'consumer',
  );
  readonly queueDepth = this.gauge(
    'imprest_queue_items',
    'Items in a work queue, by state',
    'queue',
    'lane',
    'state',
  );
  readonly queueOldest = this.gauge(
    'imprest_queue_oldest_ready_seconds',
    'Age of the oldest item ready to be taken',
    'queue',
    'lane',
  );
  readonly openWork = this.gauge(
    'imprest_open_work',
    'Generations and holds that have not come to their end, by kind',
    'state',
  );
  readonly invariants = this.gauge(
    'imprest_invariant_violations',
    'Breaches of what must always hold; anything but 0 is an incident',
    'invariant',
  );

  constructor() {
    collectDefaultMetrics({ register: this.registry });
  }

  counter<Label extends string>(name: string, help: string, ...labelNames: Label[]) {
    return new Counter({ name, help, labelNames, registers: [this.registry] });
  }

  gauge<Label extends string>(name: string, help: string, ...labelNames: Label[]) {
    return new Gauge({ name, help, labelNames, registers: [this.registry] });
  }

  /** Counts the load of its model as well when the attempt had to wait for one. */
  attemptEnded(outcome: AttemptOutcome, attempt?: EndedAttempt): void {
    this.jobAttempts.inc({ outcome });
    const { model = '', usage } = attempt ?? {};
    if (usage === undefined || usage.loadMs === 0) return;
    this.modelLoads.inc({ model });
    this.modelLoadSeconds.inc({ model }, usage.loadMs / 1_000);
  }

  /** Depth and age of a work queue, looked up at each scrape. */
  sampleQueue(queue: string, source: Pick<WorkQueue, 'depth'>): void {
    this.sample(async () => {
      for (const { lane, ready, delayed, leased, oldestReadySeconds } of await source.depth()) {
        this.queueDepth.set({ queue, lane, state: 'ready' }, ready);
        this.queueDepth.set({ queue, lane, state: 'delayed' }, delayed);
        this.queueDepth.set({ queue, lane, state: 'leased' }, leased);
        this.queueOldest.set({ queue, lane }, oldestReadySeconds);
      }
    });
  }

  sampleBreakers(breakers: Pick<ModelBreakers, 'all'>): void {
    const values = { open: 1, halfOpen: 0.5, closed: 0 } as const;
    this.sample(async () => {
      for (const { model, status } of await breakers.all()) {
        this.shutModels.set({ model }, values[status]);
      }
    });
  }

  /** What an autoscaler goes by, looked up at each scrape. */
  sampleScaling(signals: Pick<ScalingSignals, 'read'>): void {
    this.sample(async () => {
      const { workers, models } = await signals.read();
      for (const [state, count] of Object.entries(workers)) this.workers.set({ state }, count);
      for (const { model, ...counts } of models) {
        for (const state of ['serving', 'loaded', 'idle', 'desired'] as const) {
          this.modelWorkers.set({ model, state }, counts[state]);
        }
      }
    });
  }

  /** Runs before each scrape, to set gauges that are looked up rather than counted. */
  sample(sampler: () => Promise<void> | void): void {
    this.samplers.push(sampler);
  }

  /** Prometheus text format. A sampler that fails leaves its gauges as they were. */
  async scrape(): Promise<string> {
    await Promise.allSettled(this.samplers.map((sampler) => sampler()));
    return this.registry.metrics();
  }
}
