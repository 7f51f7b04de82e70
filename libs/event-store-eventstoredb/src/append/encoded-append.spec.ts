import { randomUUID } from 'node:crypto';
import { NO_STREAM, type StreamAppend } from '@imprest/application';
import type { EventEnvelope } from '@imprest/event-catalogue';
import { describe, expect, test } from 'vitest';
import { encodeAppend, MAX_APPEND_EVENTS } from './encoded-append.js';

function anEvent(overrides: Partial<EventEnvelope> = {}): EventEnvelope {
  const metadata = {
    correlationId: 'request',
    causationId: 'command',
    occurredAt: '2026-01-31T12:00:00.000Z',
    actor: { kind: 'system', id: 'test' },
  } as const;
  return { eventId: randomUUID(), type: 'Happened', version: 1, data: {}, metadata, ...overrides };
}

const to = (stream: string, expectedRevision: number, events = 1): StreamAppend => ({
  stream,
  expectedRevision,
  events: Array.from({ length: events }, () => anEvent()),
});
const planOf = (...appends: StreamAppend[]) =>
  encodeAppend(appends).writes.map(({ stream, lastRevision }) => [stream, lastRevision]);

describe('the writes of a call', () => {
  test('are one for each stream, in the order given', () => {
    expect(planOf(to('a-1', NO_STREAM), to('b-1', 4, 2), to('c-1', 0))).toEqual([
      ['a-1', 0],
      ['b-1', 6],
      ['c-1', 1],
    ]);
  });

  test('take what continues a stream together with it, where the last part of it was', () => {
    expect(planOf(to('a-1', 2), to('b-1', NO_STREAM), to('a-1', 3, 2))).toEqual([
      ['b-1', 0],
      ['a-1', 5],
    ]);
    expect(planOf(to('a-1', 2), to('a-1', 3), to('b-1', NO_STREAM))).toEqual([
      ['a-1', 4],
      ['b-1', 0],
    ]);
  });

  test('name streams whose revisions contradict each other', () => {
    const encoded = encodeAppend([to('a-1', 2), to('b-1', 0), to('a-1', 2)]);
    expect(encoded.contradictions).toEqual(['a-1']);
  });

  test('count what they hold', () => {
    const encoded = encodeAppend([to('a-1', 2, 3), to('b-1', 0)]);
    expect(encoded.events).toBe(4);
    expect(encoded.bytes).toBeGreaterThan(4 * 100);
  });
});

describe('a call is refused', () => {
  test.each<[string, readonly StreamAppend[], RegExp]>([
    ['without an append', [], /at least one event/],
    ['without an event', [{ stream: 'a-1', expectedRevision: 0, events: [] }], /has no event/],
    ['with a nameless stream', [to('', 0)], /1 to 512 characters/],
    ['with a stream name too long', [to('a'.repeat(513), 0)], /1 to 512 characters/],
    ['with NUL in a stream name', [to('a-\0', 0)], /none of them NUL/],
    ['with half a character in a stream name', [to('a-\ud800', 0)], /none of them NUL/],
    ['with a revision below that of no stream', [to('a-1', -2)], /expected revision of a-1/],
    ['with half a revision', [to('a-1', 0.5)], /expected revision of a-1/],
    ['with too many events', [to('a-1', 0, MAX_APPEND_EVENTS + 1)], /over the limit/],
  ])('%s', (_, appends, message) => {
    expect(() => encodeAppend(appends)).toThrow(message);
  });

  test.each<[string, Partial<EventEnvelope>, RegExp]>([
    ['whose id is no UUID', { eventId: 'one' }, /not a UUID/],
    ['without a type', { type: '' }, /event type/],
    ['of version 0', { version: 0 }, /version of Happened/],
    ['whose data is not JSON', { data: undefined as never }, /not JSON/],
  ])('with an event %s', (_, overrides, message) => {
    const events = [anEvent(overrides)];
    expect(() => encodeAppend([{ stream: 'a-1', expectedRevision: 0, events }])).toThrow(message);
  });
});
