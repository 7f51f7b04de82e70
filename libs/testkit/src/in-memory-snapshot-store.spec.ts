import { snapshotStoreConformance } from './conformance/snapshot-store.js';
import { InMemorySnapshotStore } from './in-memory-snapshot-store.js';

snapshotStoreConformance('in memory', async () => ({
  store: new InMemorySnapshotStore(),
  dispose: async () => {},
}));
