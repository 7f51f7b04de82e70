import type { DataKey } from '@imprest/application';
import { dataKeysConformance } from './conformance/data-keys.js';
import { InMemoryDataKeys } from './in-memory-data-keys.js';

dataKeysConformance('in memory', async () => {
  const durable = new Map<string, DataKey>();
  return { connect: async () => new InMemoryDataKeys(durable), dispose: async () => {} };
});
