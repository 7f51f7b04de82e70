import { workerRegistryConformance } from './conformance/worker-registry.js';
import { fixedClock } from './fixed-clock.js';
import { InMemoryWorkerRegistry } from './in-memory-worker-registry.js';

workerRegistryConformance('in memory', async () => {
  const clock = fixedClock();
  const registry = new InMemoryWorkerRegistry(clock);
  return {
    connect: () => registry,
    goneAfterMs: 35_000,
    elapse: async (ms) => void clock.advance(ms),
    dispose: async () => {},
  };
});
