import { previewStoreConformance } from './conformance/preview-store.js';
import { fixedClock } from './fixed-clock.js';
import { InMemoryPreviewStore } from './in-memory-preview-store.js';

previewStoreConformance('in memory', async () => {
  const clock = fixedClock();
  const store = new InMemoryPreviewStore(clock);
  return {
    connect: () => store,
    elapse: async (ms) => void clock.advance(ms),
    dispose: async () => {},
  };
});
