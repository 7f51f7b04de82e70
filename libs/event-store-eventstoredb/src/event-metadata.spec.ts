import { expect, test } from 'vitest';
import { decodeMetadata, encodeMetadata, ForeignEvent } from './event-metadata.js';

const metadata = {
  correlationId: 'request-1',
  causationId: 'command-1',
  occurredAt: '2026-01-31T12:00:00.000Z',
  actor: { kind: 'apiKey', id: 'key_1' },
} as const;

test('correlation and causation have the names that EventStoreDB gives them', () => {
  expect(JSON.parse(encodeMetadata(metadata, 3))).toEqual({
    $correlationId: 'request-1',
    $causationId: 'command-1',
    occurredAt: '2026-01-31T12:00:00.000Z',
    actor: { kind: 'apiKey', id: 'key_1' },
    version: 3,
  });
});

test('metadata comes back as it was given', () => {
  expect(decodeMetadata(encodeMetadata(metadata, 3), 'an event')).toEqual({ metadata, version: 3 });
});

test('what the server adds of its own is left out', () => {
  const stored = { ...JSON.parse(encodeMetadata(metadata, 1)), $v: '2', $c: 9 };
  expect(decodeMetadata(JSON.stringify(stored), 'an event').metadata).toEqual(metadata);
});

test.each(['', 'null', '[]', '{}', 'not json', '{"$correlationId":"x"}'])(
  'metadata of another program, %j, is told apart',
  (json) => {
    expect(() => decodeMetadata(json, 'event 4 of order-1')).toThrow(ForeignEvent);
  },
);
