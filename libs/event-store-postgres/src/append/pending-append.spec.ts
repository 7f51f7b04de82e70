import fc from 'fast-check';
import { expect, test } from 'vitest';
import { batchOf, type PendingAppend } from './pending-append.js';

const call = fc
  .uniqueArray(
    fc.record({
      stream: fc.constantFrom('a', 'b', 'c'),
      firstRevision: fc.nat(4),
      count: fc.integer({ min: 1, max: 2 }),
    }),
    { selector: (write) => write.stream, minLength: 1, maxLength: 3 },
  )
  .map((writes): PendingAppend => {
    const sized = writes.map(({ stream, firstRevision, count }) => {
      const events = Array.from({ length: count }, () => event);
      return { stream, firstRevision, events, continues: false };
    });
    return { writes: sized, storedUpTo: 0n, events: 0, bytes: 0, resolve() {}, reject() {} };
  });
const event = { eventId: '', type: '', version: 1, data: '{}', metadata: '{}' };

test('every call is in one half of the batch, in its order, and the first call always goes', () => {
  fc.assert(
    fc.property(fc.array(call, { minLength: 1 }), (calls) => {
      const { together, apart } = batchOf(calls);
      expect(together).toEqual(calls.filter((each) => !apart.includes(each)));
      expect(together.length + apart.length).toBe(calls.length);
      expect(together[0]).toBe(calls[0]);
    }),
  );
});

test('within a batch the events of a stream have no gap and no overlap', () => {
  fc.assert(
    fc.property(fc.array(call), (calls) => {
      const next = new Map<string, number>();
      for (const { writes } of batchOf(calls).together) {
        for (const { stream, firstRevision, events } of writes) {
          expect(firstRevision).toBe(next.get(stream) ?? firstRevision);
          next.set(stream, firstRevision + events.length);
        }
      }
    }),
  );
});
