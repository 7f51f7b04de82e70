import { randomUUID } from 'node:crypto';
import type { StreamAppend } from '@imprest/application';
import type { EventEnvelope, JsonObject } from '@imprest/event-catalogue';
import { describe, expect, test } from 'vitest';
import { encodeAppend, MAX_APPEND_EVENTS } from './encoded-append.js';

const metadata = {
  correlationId: 'request-1',
  causationId: 'command-1',
  occurredAt: '2026-01-31T12:00:00.000Z',
  actor: { kind: 'system', id: 'test' },
} as const;

function event(changes: Partial<EventEnvelope> = {}): EventEnvelope {
  const eventId = randomUUID();
  return { eventId, type: 'SomethingHappened', version: 1, data: {}, metadata, ...changes };
}

function append(changes: Partial<StreamAppend> = {}): StreamAppend {
  return { stream: 'account-1', expectedRevision: -1, events: [event()], ...changes };
}

describe('encodeAppend', () => {
  test('given an append, then its events belong right after the expected revision', () => {
    const encoded = encodeAppend([append({ expectedRevision: 4, events: [event(), event()] })]);
    expect(encoded.writes[0]).toMatchObject({ firstRevision: 5, continues: false });
    expect(encoded.events).toBe(2);
  });

  test('given metadata with more members, then the four of the catalogue are stored', () => {
    const { writes } = encodeAppend([
      append({ events: [event({ metadata: { ...metadata, extra: 1 } as typeof metadata })] }),
    ]);
    expect(JSON.parse(writes[0]?.events[0]?.metadata ?? '')).toEqual(metadata);
  });

  test('given events with metadata of their own, then each keeps its own', () => {
    const own = ['a', 'b', 'a'].map((causationId) => ({ ...metadata, causationId }));
    const { writes } = encodeAppend([
      append({ events: own.map((each) => event({ metadata: each })) }),
    ]);
    expect(writes[0]?.events.map((each) => JSON.parse(each.metadata).causationId)).toEqual([
      'a',
      'b',
      'a',
    ]);
  });

  test('given one stream twice, then the second part continues the first or contradicts it', () => {
    const first = append({ events: [event(), event()] });
    const continuing = encodeAppend([first, append({ expectedRevision: 1 })]);
    expect(continuing.contradictions).toEqual([]);
    expect(continuing.writes.map((write) => write.continues)).toEqual([false, true]);
    expect(encodeAppend([first, append()]).contradictions).toEqual(['account-1']);
  });

  test.each<[string, StreamAppend[], RegExp]>([
    ['nothing to append', [], /at least one event/],
    ['a stream without an event', [append({ events: [] })], /account-1 has no event/],
    ['a stream without a name', [append({ stream: '' })], /stream ""/],
    ['NUL in a stream', [append({ stream: 'account-\0' })], /none of them NUL/],
    ['half a surrogate pair in a stream', [append({ stream: 'account-\ud800' })], /stream/],
    ['an endless stream name', [append({ stream: 'x'.repeat(513) })], /1 to 512/],
    ['a fractional revision', [append({ expectedRevision: 0.5 })], /expected revision/],
    ['a revision below none', [append({ expectedRevision: -2 })], /expected revision/],
    ['an id that is no UUID', [append({ events: [event({ eventId: '1' })] })], /not a UUID/],
    ['a type without a name', [append({ events: [event({ type: '' })] })], /event type/],
    ['version 0', [append({ events: [event({ version: 0 })] })], /version of/],
    ['version 32768', [append({ events: [event({ version: 32_768 })] })], /version of/],
    [
      'more events than one call may have',
      [append({ events: Array.from({ length: MAX_APPEND_EVENTS + 1 }, () => event()) })],
      /over the limit/,
    ],
    [
      'more bytes than one call may have',
      [append({ events: [event({ data: { text: 'x'.repeat(33 * 1024 * 1024) } })] })],
      /over the limit/,
    ],
  ])('given %s, then it is a RangeError that names the rule', (_, appends, message) => {
    expect(() => encodeAppend(appends)).toThrow(RangeError);
    expect(() => encodeAppend(appends)).toThrow(message);
  });

  test.each([
    ['undefined', undefined],
    ['a bigint', { amount: 1n }],
  ])('given %s as data, then it is a TypeError', (_, data) => {
    const events = [event({ data: data as unknown as JsonObject })];
    expect(() => encodeAppend([append({ events })])).toThrow(TypeError);
  });
});
