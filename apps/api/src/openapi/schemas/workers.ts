import { count, list, object, oneOf, orNull, text, timestamp } from './schema.js';

const names = (description: string) =>
  ({ ...orNull(list(text('A name.'), description)) }) as ReturnType<typeof list>;

const residentModel = object(
  'A model that a worker has.',
  {
    provider: text('Which of its providers has it.'),
    model: text('The provider’s own name of it.'),
    at: oneOf(['loaded', 'memory', 'disk'], 'On the GPU, in memory, or on disk only.'),
    gpuMs: count('GPU time it was used since it was loaded.'),
    loadedMs: count('Time since it was loaded.'),
  },
  ['gpuMs', 'loadedMs'],
);

export const worker = object('A worker that has registered.', {
  id: text('Its name.'),
  state: oneOf(
    ['active', 'cordoned', 'draining', 'gone'],
    'Only an active one gets work; a gone one has left or missed its beats.',
  ),
  models: names('Public names of the models it serves; all of its providers’ when null.'),
  providers: names('Providers it serves; all of its models’ when null.'),
  vramBytes: orNull(count('Memory of its GPUs.')),
  slots: count('Jobs it does at once, of models that take one slot.', { minimum: 1 }),
  usedSlots: count('Slots in use.'),
  labels: {
    type: 'object',
    description: 'Whatever tells it from others.',
    additionalProperties: { type: 'string' },
  },
  version: orNull(text('Of its software.')),
  residency: list(residentModel, 'What it has.'),
  registeredAt: timestamp('When its process began.'),
  seenAt: timestamp('Of its last beat.'),
});

export const workerList = object('All workers, by name.', {
  workers: list(worker, 'Those gone for more than a day are left out.'),
});

const modelScaling = object('What an autoscaler goes by, of one model.', {
  model: text('Alias of the model.'),
  ready: count('Jobs that wait.'),
  leased: count('Jobs under way.'),
  waitingGpuMs: count('GPU time that the jobs that wait are expected to take.'),
  oldestReadySeconds: { type: 'number', minimum: 0, description: 'How long the oldest one waits.' },
  serving: count('Active workers that could serve it.'),
  loaded: count('Of them those that have it loaded.'),
  idle: count('Of these those with a free slot.'),
  desired: count('Workers with the model loaded that it should have.'),
});

export const scaling = object('How many workers each model should have.', {
  targetWaitSeconds: count('How long work may wait.', { minimum: 1 }),
  workers: object('How many workers there are in each state.', {
    active: count('They get work.'),
    cordoned: count('They get no new work.'),
    draining: count('They get no new work and are to be taken away.'),
    gone: count('They have left or missed their beats.'),
  }),
  models: list(modelScaling, 'Every model of the catalogue.'),
});
