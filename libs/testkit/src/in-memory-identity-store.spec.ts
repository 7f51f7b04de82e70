import { identityStoreConformance } from './conformance/identity-store.js';
import { InMemoryIdentityStore } from './in-memory-identity-store.js';

identityStoreConformance('in memory', async () => {
  const store = new InMemoryIdentityStore();
  return { store, dispose: async () => {} };
});
