import type { WorkerDescription } from '@imprest/application';

/** A worker with a large GPU that has nothing loaded. */
export function aWorker(given: Partial<WorkerDescription> = {}): WorkerDescription {
  return {
    id: 'gpu-1',
    session: 'first',
    models: null,
    providers: ['painter'],
    vramBytes: 24_000_000_000,
    slots: 2,
    labels: { zone: 'a' },
    version: '1.4.0',
    residency: [],
    ...given,
  };
}
