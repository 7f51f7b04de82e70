import {
  cloudEventHeaders,
  type JsonValue,
  optionalEventHeaders,
  type RecordedEvent,
} from '@imprest/event-catalogue';
import fc from 'fast-check';
import type { KafkaMessage, Message } from 'kafkajs';
import { describe, expect, test } from 'vitest';
import { fromMessage, toMessage, UnreadableMessage } from './event-message.js';

/** As it comes back: keys, values and header values are bytes. */
function delivered({ value, headers = {} }: Message): Pick<KafkaMessage, 'value' | 'headers'> {
  const bytes = Object.entries(headers).map(([name, text]) => [name, Buffer.from(String(text))]);
  return { value: value ? Buffer.from(value) : null, headers: Object.fromEntries(bytes) };
}

const event: RecordedEvent = {
  eventId: '0197f1f0-0000-7000-8000-000000000001',
  type: 'TokensHeld',
  version: 2,
  data: { tokens: '40' },
  metadata: {
    correlationId: 'cor',
    causationId: 'cau',
    occurredAt: '2026-01-15T09:00:00.000Z',
    actor: { kind: 'apiKey', id: 'key' },
  },
  stream: 'tokenAccount-ten_1',
  revision: 7,
  position: 9_007_199_254_740_993n,
  recordedAt: new Date('2026-01-15T09:00:01.234Z'),
};

const anEvent: fc.Arbitrary<RecordedEvent> = fc.record({
  eventId: fc.uuid(),
  type: fc.string({ unit: 'binary' }),
  version: fc.integer({ min: 1, max: 1_000 }),
  data: fc.dictionary(fc.string({ unit: 'grapheme' }), fc.jsonValue() as fc.Arbitrary<JsonValue>),
  metadata: fc.record(
    {
      correlationId: fc.string({ unit: 'grapheme' }),
      causationId: fc.string({ unit: 'grapheme' }),
      occurredAt: fc.string(),
      actor: fc.record({
        kind: fc.constantFrom('apiKey', 'user', 'operator', 'worker', 'system'),
        id: fc.string({ unit: 'grapheme' }),
      }),
      traceparent: fc.string({ minLength: 1 }),
    },
    { requiredKeys: ['correlationId', 'causationId', 'occurredAt', 'actor'] },
  ),
  stream: fc.string({ unit: 'grapheme' }).map((id) => `job-${id}`),
  revision: fc.nat(),
  position: fc.bigInt({ min: 0n, max: 2n ** 63n - 1n }),
  recordedAt: fc.date({ noInvalidDate: true, min: new Date(0), max: new Date('9999-12-31') }),
});

/** What JSON keeps: it does not know -0. */
const asJson = (each: RecordedEvent) => ({ ...each, data: JSON.parse(JSON.stringify(each.data)) });

test('an event comes back as it was', () => {
  fc.assert(
    fc.property(anEvent, (each) => {
      expect(fromMessage(delivered(toMessage(each)))).toEqual(asJson(each));
    }),
  );
});

test('the headers are the ones that the reference of event streams names', () => {
  const names = Object.keys(toMessage(event).headers ?? {});
  expect(names.sort()).toEqual(Object.keys(cloudEventHeaders).sort());
  const traced = { ...event, metadata: { ...event.metadata, traceparent: '00-a-b-01' } };
  expect(Object.keys(toMessage(traced).headers ?? {}).sort()).toEqual(
    Object.keys({ ...cloudEventHeaders, ...optionalEventHeaders }).sort(),
  );
});

test('the stream is the key, the data is the value, the store’s clock the time of the message', () => {
  expect(toMessage(event)).toMatchObject({
    key: 'tokenAccount-ten_1',
    value: '{"tokens":"40"}',
    timestamp: String(event.recordedAt.getTime()),
    headers: { ce_specversion: '1.0', ce_source: '/imprest', ce_subject: 'tokenAccount-ten_1' },
  });
});

describe('a message that is not the product’s', () => {
  test.each([
    ['without headers', { value: Buffer.from('{}') }],
    ['of another source', { value: null, headers: { ce_source: Buffer.from('/other') } }],
  ])('%s is none', (_, message) => {
    expect(fromMessage(message)).toBeUndefined();
  });
});

describe('a message that says it is the product’s', () => {
  const damaged = (change: Record<string, unknown>) => {
    const { value, headers } = delivered(toMessage(event));
    const { value: newValue = value, ...newHeaders } = change;
    const merged = { ...headers, ...newHeaders } as KafkaMessage['headers'];
    return () => fromMessage({ value: newValue as Buffer, headers: merged });
  };

  test.each([
    ['no payload', { value: null }, 'payload'],
    ['a payload that is no JSON', { value: Buffer.from('{') }, 'JSON'],
    ['no id', { ce_id: undefined }, 'ce_id'],
    ['a revision that is no number', { ce_revision: Buffer.from('-1') }, 'ce_revision'],
    ['a position that is no number', { ce_position: Buffer.from('1.5') }, 'ce_position'],
    ['a time that is none', { ce_recordedtime: Buffer.from('today') }, 'ce_recordedtime'],
    ['two ids', { ce_id: [Buffer.from('a'), Buffer.from('b')] }, 'ce_id'],
  ])('and has %s is refused', (_, change, what) => {
    expect(damaged(change)).toThrow(UnreadableMessage);
    expect(damaged(change)).toThrow(what);
  });
});
