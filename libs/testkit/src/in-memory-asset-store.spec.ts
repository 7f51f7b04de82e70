import { assetStoreConformance } from './conformance/asset-store.js';
import { InMemoryAssetStore } from './in-memory-asset-store.js';

assetStoreConformance('in memory', async () => ({
  store: new InMemoryAssetStore(),
  dispose: async () => {},
}));
