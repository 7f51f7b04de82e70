import type { Operation } from '@imprest/platform';
import * as schemas from '../schemas/workers.js';

const tag = 'Workers and scaling';

const worker = {
  id: 'gpu-1',
  state: 'active',
  models: null,
  providers: ['simulator'],
  vramBytes: 25_769_803_776,
  slots: 2,
  usedSlots: 1,
  labels: { zone: 'a' },
  version: '1.4.0',
  residency: [
    {
      provider: 'simulator',
      model: 'procedural-scene',
      at: 'loaded',
      gpuMs: 81_200,
      loadedMs: 240_000,
    },
  ],
  registeredAt: '2026-11-20T09:00:00.000Z',
  seenAt: '2026-11-20T09:30:00.000Z',
};

const scaling = {
  targetWaitSeconds: 30,
  workers: { active: 2, cordoned: 0, draining: 0, gone: 1 },
  models: [
    {
      model: 'xSD4.5',
      ready: 40,
      leased: 4,
      waitingGpuMs: 320_000,
      oldestReadySeconds: 12.4,
      serving: 2,
      loaded: 2,
      idle: 0,
      desired: 6,
    },
  ],
};

interface DecisionParts {
  readonly id: string;
  readonly name: string;
  readonly summary: string;
  readonly description: string;
  readonly state: string;
}

const decision = ({ id, name, summary, description, state }: DecisionParts): Operation => ({
  id,
  tag,
  summary,
  description: `${description} On record with your name and the reason; safe to repeat.`,
  body: {
    name,
    fields: { reason: { description: 'Goes on record.' } },
    examples: { reason: { summary: 'Why', value: { reason: 'its GPU is to be replaced' } } },
  },
  answers: {
    200: {
      description: 'It holds within a second.',
      schema: schemas.worker,
      example: { ...worker, state },
    },
  },
  errors: ['not_found'],
});

export const workerOperations = {
  list: {
    id: 'listWorkers',
    tag,
    summary: 'List workers',
    description: 'Workers that have registered. One that never does gets work and is not in here.',
    answers: {
      200: {
        description: 'The workers.',
        schema: schemas.workerList,
        example: { workers: [worker] },
      },
    },
  },
  scaling: {
    id: 'readScaling',
    tag,
    summary: 'See how many workers each model should have',
    description:
      'From what waits, what it is expected to take of a GPU and how long models take to load.',
    query: {
      targetWaitSeconds: {
        description: 'How long work may wait; as configured when absent.',
        examples: ['30'],
      },
    },
    answers: { 200: { description: 'The signals.', schema: schemas.scaling, example: scaling } },
  },
  cordon: decision({
    id: 'cordonWorker',
    name: 'Cordon',
    summary: 'Give a worker no new work',
    description: 'What it has it finishes.',
    state: 'cordoned',
  }),
  drain: decision({
    id: 'drainWorker',
    name: 'Drain',
    summary: 'Let a worker finish, to take it away',
    description:
      'It gets no new work and hears so at its next beat; `usedSlots` is 0 when it has finished.',
    state: 'draining',
  }),
  uncordon: decision({
    id: 'uncordonWorker',
    name: 'Uncordon',
    summary: 'Give a worker work again',
    description: 'Ends a cordon or a drain.',
    state: 'active',
  }),
} satisfies Record<string, Operation>;
