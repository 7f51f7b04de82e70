import { count, list, object, oneOf, orNull, text, timestamp } from './schema.js';

const number = (description: string) => ({ type: 'number', minimum: 0, description });

const load = {
  waiting: count('Ready to be taken.'),
  delayed: count('Not to be tried before a later time.'),
  running: count('On a worker.'),
  oldestWaitSeconds: number('Age of the oldest job that is ready, 0 when none is.'),
};

const lag = object('A projector or reactor.', {
  consumer: text('Its name.'),
  state: oneOf(['current', 'behind', 'never ran'], 'Whether it has anything to do.'),
  position: text('Everything up to here is behind it.'),
  eventsBehind: count('Of the 2,000 events that follow on the consumer furthest behind.'),
  secondsBehind: number('Age of the oldest event that it has not processed.'),
  parkedStreams: count('Streams with an event that it cannot process.'),
});

const finding = object('What one check has found.', {
  check: text('Name of the check.'),
  source: oneOf(['invariant', 'reconciliation', 'audit'], 'What made the check.'),
  open: count('Findings that are open.'),
});

export const overview = object('The whole installation at a glance.', {
  at: timestamp('When it was looked up: once a second at most.'),
  accepted: object('Requests accepted in a minute, on average.', {
    now: number('Over the last minute.'),
    fiveMinutes: number('Over the last five minutes.'),
    hour: number('Over the last hour.'),
  }),
  queue: object('Jobs.', {
    ...load,
    models: list(
      object('Jobs of one model.', { model: text('Alias of the model.'), ...load }),
      'Models that have any, by name.',
    ),
  }),
  workers: object('Workers, and their slots.', {
    active: count('Get work.'),
    cordoned: count('Get no more work, by order.'),
    draining: count('End their work and leave, by order.'),
    gone: count('Have left or missed their beats within the last day.'),
    slots: count('Of all that are not gone.'),
    busySlots: count('Of these, those in use.'),
  }),
  deliveries: object('Webhooks.', {
    pending: count('Messages that wait for an attempt.'),
    failingEndpoints: count('Endpoints that have failed since their last success.'),
    delivered: count('Of the messages of the last hour (the newest 10,000), those delivered.'),
    failed: count('Of the same, those given up.'),
    successRatio: {
      type: ['number', 'null'],
      minimum: 0,
      maximum: 1,
      description: 'Delivered, of those that have come to an end; null while none has.',
    },
  }),
  head: text('Position of the last event of the store.'),
  consumers: list(lag, 'All projectors and reactors, by name; measured every five seconds.'),
  invariantViolations: count(
    'Open findings of what must always hold; anything but 0 is an incident.',
  ),
  openFindings: list(finding, 'Open findings by check; none when all is well.'),
  parkedStreams: count('Streams that wait for an operator.'),
  deadLetters: object('Work that has failed for good; counted up to 10,000.', {
    waiting: count('Not done once more yet.'),
    lastDay: count('Given up within the last 24 hours.'),
  }),
});

const shareOfTime = {
  type: ['number', 'null'],
  minimum: 0,
  maximum: 1,
  description: 'Part of all time on workers within the window; null while nobody had any.',
};

const lineOfModel = object('What a tenant has of one model.', {
  model: text('Alias of the model.'),
  ...load,
  waitingGpuMs: number('GPU time that what waits is expected to take.'),
});

export const tenantInQueue = object('A tenant in the queue.', {
  tenantId: text('Id of the tenant.'),
  weight: {
    type: 'number',
    description: 'Of two that wait, the one of twice the weight gets twice as much.',
  },
  priority: count('0 to 9.'),
  cap: orNull(count('Most jobs at once; null is no limit.', { minimum: 1 })),
  atCap: { type: 'boolean', description: 'Nothing of it begins until a job of it ends.' },
  ...load,
  waitingGpuMs: number('GPU time that what waits is expected to take.'),
  shareOfTime,
  models: list(lineOfModel, 'By model, what waits longest first.'),
});

export const fairShareQueue = object('Who waits, and who gets what.', {
  at: timestamp('When it was looked up.'),
  windowSeconds: count('How far `shareOfTime` goes back: ten minutes, less after a start.'),
  tenants: list(tenantInQueue, 'At most `limit`; whoever waits longest first.'),
  nextCursor: orNull(text('Send it as `cursor` for the next page; null on the last one.')),
  complete: {
    type: 'boolean',
    description:
      'False when more than 10,000 lines of tenants and models wait: only those that wait longest are told.',
  },
});
