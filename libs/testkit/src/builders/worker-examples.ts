import type { EventOf, EventType } from '@imprest/event-catalogue';
import * as id from './identifiers.js';

type ExampleData = { readonly [Type in EventType]: EventOf<Type>['data'] };

const worker = {
  WorkerCordoned: { reason: 'its driver is to be updated' },
  WorkerDrainBegun: { reason: 'its GPU is to be replaced' },
  WorkerUncordoned: { reason: 'it has a new GPU' },
} satisfies Partial<ExampleData>;

const modelBreaker = {
  ModelBreakerOpened: {
    model: 'landscape-1',
    reason: '5 attempts in a row have failed',
    probeAt: '2026-01-15T09:00:30.000Z',
  },
  ModelBreakerProbed: {
    jobId: id.generationId,
    fence: 9,
    until: '2026-01-15T09:15:30.000Z',
  },
  ModelBreakerClosed: { reason: 'the probe worked' },
} satisfies Partial<ExampleData>;

const operatorRun = {
  OperatorRunBegun: {
    work: 'projection-rebuild',
    subject: 'journal',
    reason: 'a balance was changed by hand in the database',
  },
  OperatorRunEnded: {
    work: 'projection-rebuild',
    subject: 'journal',
    outcome: 'finished',
    result: '48210 events, up to position 4182004',
    failure: null,
  },
} satisfies Partial<ExampleData>;

export const workerExamples = { ...worker, ...modelBreaker, ...operatorRun };
