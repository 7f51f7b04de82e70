import { randomBytes } from 'node:crypto';
import { type DataKey, type DataKeys, DataKeysUnavailable } from '@imprest/application';

/** Keys in a map. Two instances over one map stand for two processes over one durable place. */
export class InMemoryDataKeys implements DataKeys {
  private closed = false;

  constructor(private readonly durable: Map<string, DataKey> = new Map()) {}

  take(): DataKey {
    if (this.closed) throw new DataKeysUnavailable('data keys are closed');
    const key = { id: randomBytes(8).toString('hex'), secret: randomBytes(32) };
    this.durable.set(key.id, key);
    return key;
  }

  async open(ids: readonly string[]): Promise<ReadonlyMap<string, DataKey>> {
    const found = ids.map((id) => this.durable.get(id)).filter((key) => key !== undefined);
    return new Map(found.map((key) => [key.id, key]));
  }

  async destroy(ids: readonly string[]): Promise<void> {
    for (const id of ids) this.durable.delete(id);
  }

  async close(): Promise<void> {
    this.closed = true;
  }
}
