import { expect, test } from 'vitest';
import type { RecordedEvent } from './envelope.js';
import { happenedAt, recordedEvent, storedDomainEvent, storedEvent } from './stored-event.js';

const recorded: RecordedEvent = {
  ...{ eventId: '00000000-0000-7000-8000-000000000001', type: 'AccountOpened', version: 1 },
  ...{ stream: 'tokenAccount-ten_1', revision: 0, position: 7n },
  recordedAt: new Date('2026-01-15T09:00:00.000Z'),
  data: { tenantId: 'ten_1' },
  metadata: {
    ...{ correlationId: 'c', causationId: 'd', occurredAt: '2026-01-15T08:59:59.000Z' },
    actor: { kind: 'system', id: 'test' },
  },
};

test('an event read and written again is the same', () => {
  expect(recordedEvent(storedEvent(recorded))).toEqual(recorded);
});

test('whatever order a store gives metadata in, they are written in one', () => {
  const { correlationId, causationId, occurredAt } = recorded.metadata;
  const actor = { id: 'test', kind: 'system' } as const;
  const traceparent = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';
  const shuffled = { traceparent, actor, occurredAt, causationId, correlationId };
  expect(storedEvent({ ...recorded, metadata: shuffled }).metadata).toBe(
    '{"correlationId":"c","causationId":"d","occurredAt":"2026-01-15T08:59:59.000Z",' +
      `"actor":{"kind":"system","id":"test"},"traceparent":"${traceparent}"}`,
  );
});

test('what happened and when is known without reading it whole', () => {
  const stored = storedEvent(recorded);
  expect(storedDomainEvent(stored)).toEqual({ type: 'AccountOpened', data: { tenantId: 'ten_1' } });
  expect(happenedAt(stored)).toBe(recorded.metadata.occurredAt);
});

test.each([
  ['with spaces', JSON.stringify(recorded.metadata, null, 2)],
  [
    'behind a text that looks like it',
    JSON.stringify({ ...recorded.metadata, correlationId: '"occurredAt":"1999"' }),
  ],
])('the time is found in metadata %s', (_, metadata) => {
  expect(happenedAt({ metadata })).toBe(recorded.metadata.occurredAt);
});
