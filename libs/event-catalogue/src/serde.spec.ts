import { tokensHeld } from '@imprest/testkit/domain';
import { describe, expect, test } from 'vitest';
import type { EventDefinition } from './event-definition.js';
import {
  EventFromTheFuture,
  type EventMetadata,
  type JsonObject,
  toDomainEvent,
  toEnvelope,
  UnknownEventType,
  upcast,
  upcastWith,
} from './index.js';
import { amount, object, oneOf, string } from './schema.js';

const metadata: EventMetadata = {
  correlationId: 'req_1',
  causationId: 'cmd_1',
  occurredAt: '2026-01-15T09:00:00.000Z',
  actor: { kind: 'apiKey', id: 'key_1' },
};

/** Version 1 had one number, version 2 named its currency, version 3 made the amount exact. */
const definition: EventDefinition<{ minorUnits: bigint; currency: string; kind: 'card' | 'cash' }> =
  {
    category: 'till',
    version: 3,
    schema: object({
      minorUnits: amount(),
      currency: string(),
      kind: oneOf('card', 'cash'),
    }),
    upcasters: [
      ({ paid }) => ({ paid, currency: 'EUR' }),
      ({ paid, currency }) => ({
        minorUnits: String(Math.round(Number(paid) * 100)),
        currency,
        kind: 'cash',
      }),
    ],
  };

const lift = (version: number, data: JsonObject) =>
  upcastWith(definition, 'TillPaid', version, data);

describe('toEnvelope', () => {
  test('writes amounts as decimal strings under the current version', () => {
    const event = tokensHeld('g1', { paid: 2n ** 60n });
    const envelope = toEnvelope(event, '0198f2a0-0000-7000-8000-000000000001', metadata);
    expect(envelope).toEqual({
      eventId: '0198f2a0-0000-7000-8000-000000000001',
      type: 'TokensHeld',
      version: 2,
      data: {
        generationId: 'g1',
        tokens: '1152921504606846976',
        allocations: [{ lotId: 'paid', tokens: '1152921504606846976' }],
        price: {
          ...event.data.price,
          perImage: '1152921504606846976',
          total: '1152921504606846976',
        },
      },
      metadata,
    });
  });

  test('leaves the event as it was', () => {
    const event = tokensHeld('g1', { paid: 7n });
    const before = structuredClone(event);
    toEnvelope(event, 'id', metadata);
    expect(event).toEqual(before);
  });
});

describe('toDomainEvent', () => {
  test('reads back what toEnvelope wrote', () => {
    const event = tokensHeld('g1', { gift: 3n, paid: 7n });
    const stored = JSON.parse(JSON.stringify(toEnvelope(event, 'id', metadata)));
    expect(toDomainEvent(stored)).toEqual(event);
  });

  test('stops at a type that no version of the product has written', () => {
    expect(() => toDomainEvent({ type: 'TokensStolen', version: 1, data: {} })).toThrow(
      UnknownEventType,
    );
  });

  test('stops at a version of a newer release', () => {
    expect(() => toDomainEvent({ type: 'AccountOpened', version: 2, data: {} })).toThrow(
      EventFromTheFuture,
    );
    expect(() => upcast('AccountOpened', 2, {})).toThrow(
      'AccountOpened version 2 is newer than this release knows',
    );
  });
});

describe('upcastWith', () => {
  const current = { minorUnits: '1999', currency: 'EUR', kind: 'cash' };

  test('lifts the first version step by step to the current one', () => {
    expect(lift(1, { paid: 19.99 })).toEqual(current);
    expect(definition.schema.problem(lift(1, { paid: 19.99 }), 'TillPaid')).toBeUndefined();
    expect(definition.schema.decode(lift(1, { paid: 19.99 }))).toEqual({
      ...current,
      minorUnits: 1999n,
    });
  });

  test('lifts a version in between from there', () => {
    expect(lift(2, { paid: 19.99, currency: 'USD' })).toEqual({ ...current, currency: 'USD' });
  });

  test('leaves the current version alone', () => {
    expect(lift(3, current)).toBe(current);
  });

  test('refuses a version of a newer release', () => {
    expect(() => lift(4, current)).toThrow(EventFromTheFuture);
  });

  test('names the upcaster that is missing', () => {
    const gap = { version: 3, upcasters: definition.upcasters.slice(0, 1) };
    expect(() => upcastWith(gap, 'TillPaid', 1, { paid: 1 })).toThrow(
      'TillPaid has no upcaster from version 2',
    );
    expect(() => lift(0, { paid: 1 })).toThrow('TillPaid has no upcaster from version 0');
  });
});
