import { given } from '@imprest/testkit/domain';
import { describe, test } from 'vitest';
import { type WorkerEvent, worker } from './index.js';

const reason = 'its GPU is to be replaced';
const cordoned: WorkerEvent = { type: 'WorkerCordoned', data: { reason } };
const draining: WorkerEvent = { type: 'WorkerDrainBegun', data: { reason } };
const uncordoned: WorkerEvent = { type: 'WorkerUncordoned', data: { reason } };

const cordon = { type: 'CordonWorker', reason } as const;
const drain = { type: 'DrainWorker', reason } as const;
const uncordon = { type: 'UncordonWorker', reason } as const;

describe('a worker', () => {
  test('can be cordoned, drained and let work again, each once', () => {
    given(worker).when(cordon).then(cordoned);
    given(worker, cordoned).when(cordon).thenNothingHappened();
    given(worker, cordoned).when(drain).then(draining);
    given(worker, draining).when(drain).thenNothingHappened();
    given(worker, draining).when(cordon).then(cordoned);
    given(worker, draining).when(uncordon).then(uncordoned);
    given(worker, uncordoned).when(uncordon).thenNothingHappened();
    given(worker, uncordoned).when(cordon).then(cordoned);
  });

  test('that nobody has cordoned needs no leave to work', () => {
    given(worker).when(uncordon).thenNothingHappened();
  });
});
