import type { DescribedOperation } from '../api-document.js';
import { addressWith, changing, type KnownIds } from './fuzzed-requests.js';

export interface ShownBody {
  /** Operation and example. */
  readonly name: string;
  readonly operation: DescribedOperation;
  readonly address: string;
  readonly body: unknown;
}

/** The same, with ids that there are and a host that can be reached. */
function ofThisTrial(value: unknown, ids: KnownIds, host: string): unknown {
  return JSON.parse(
    JSON.stringify(value)
      .replace(/https:\/\/\w+\.example\.com/g, host)
      .replace(/\breq_01h5\w{22}\b/g, String(ids['{id}']))
      .replace(/\bchr_01h5\w{22}\b/g, String(ids['{character_id}'])),
  );
}

/** Every JSON body that the document shows, as it can be sent. */
export function shownBodies(ids: KnownIds, host: string): readonly ShownBody[] {
  return changing.flatMap((operation) => {
    const { examples = {} } = operation.requestBody?.content?.['application/json'] ?? {};
    return Object.entries(examples).map(([name, { value }]) => ({
      name: `${operation.operationId} ${name}`,
      operation,
      address: addressWith(operation, ids),
      body: ofThisTrial(value, ids, host),
    }));
  });
}
