import { EventEmitter } from 'node:events';
import { describe, expect, test } from 'vitest';
import type { Connection } from '../connection/connection.js';
import { PositionMap } from '../positions/position-map.js';
import { readToldRange } from './told-range.js';

/** A server that has taken the call and says nothing. */
function silence() {
  let cancelled = false;
  const call = Object.assign(new EventEmitter(), {
    pause: () => undefined,
    resume: () => undefined,
    cancel: () => {
      cancelled = true;
    },
  });
  const connection = { openRead: async () => call } as unknown as Connection;
  const services = {
    ...{ connection, positions: PositionMap.EMPTY, answerTimeoutMs: 500 },
    firstAfter: async () => undefined,
  };
  return { services, isCancelled: () => cancelled };
}

describe('a server that says nothing', () => {
  const read = async (onLook: (position: bigint) => boolean) => {
    const { services, isCancelled } = silence();
    const range = { after: 7n, upTo: 9n, categories: ['rare'], pageSize: 10, onLook };
    try {
      for await (const page of readToldRange(services, range)) expect(page).toEqual([]);
    } finally {
      expect(isCancelled()).toBe(true);
    }
  };

  test('does not keep its reader, who is asked again and again', async () => {
    const told: bigint[] = [];
    await read((position) => told.push(position) < 2);
    expect(told).toEqual([7n, 7n]);
  });

  test('is given up in time', async () => {
    await expect(read(() => true)).rejects.toThrow('no answer of the event store in 500 ms');
  });
});
