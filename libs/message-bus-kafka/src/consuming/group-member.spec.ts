import type { Consumer } from 'kafkajs';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { type KafkaDriver, TIMING } from '../connection/kafka-connection.js';
import { GroupMember, MemberFellSilent } from './group-member.js';

const MINUTE = 60_000;
const events = {
  CRASH: 'consumer.crash',
  FETCH: 'consumer.fetch',
  GROUP_JOIN: 'consumer.group_join',
  HEARTBEAT: 'consumer.heartbeat',
};

/** A consumer of kafkajs that runs and says what the test has it say; the rest is kafkajs' own business. */
function memberOf(listeners: Map<string, (event: object) => void>) {
  const done = async () => undefined;
  const on = (name: string, listener: (event: object) => void) => listeners.set(name, listener);
  const consumer = { events, on, connect: done, subscribe: done, run: done, disconnect: done };
  const driver = {
    prefix: 'test',
    observer: {},
    consumer: () => consumer as unknown as Consumer,
  } as unknown as KafkaDriver;
  const options = { consumer: 'reader', categories: ['job'], loadPosition: async () => 0n };
  return new GroupMember(driver, options, TIMING, done);
}

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test('a member that does nothing any more gives way to another one', async () => {
  const member = memberOf(new Map());
  await vi.advanceTimersByTimeAsync(2 * MINUTE);
  const end = await member.ended;
  expect(end).toMatchObject({ kind: 'crashed', error: expect.any(MemberFellSilent) });
});

test('a member stays as long as it asks for events, or lives through a long delivery', async () => {
  const listeners = new Map<string, (event: object) => void>();
  const member = memberOf(listeners);
  let over = false;
  void member.ended.then(() => {
    over = true;
  });
  for (const sign of [events.GROUP_JOIN, events.FETCH, events.HEARTBEAT, events.FETCH]) {
    await vi.advanceTimersByTimeAsync(MINUTE);
    listeners.get(sign)?.({});
  }
  expect(over).toBe(false);
  await member.leave();
});
