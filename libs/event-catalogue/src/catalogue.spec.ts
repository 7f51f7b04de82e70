import {
  apiKeyScopes,
  type DomainErrorCode,
  type FailureClass,
  type SizeClass,
  type WebhookAttemptOutcome,
} from '@imprest/domain';
import { exampleEvents } from '@imprest/testkit/domain';
import { describe, expect, test } from 'vitest';
import { catalogue, definitionOf, type EventType, UnknownEventType } from './index.js';

/** The values of a closed union; a value left out does not compile. */
function valuesOf<T extends string>(values: Record<T, true>): readonly string[] {
  return Object.keys(values).sort();
}

const errorCodes = valuesOf<DomainErrorCode>({
  validation_error: true,
  unauthorized: true,
  insufficient_balance: true,
  budget_exceeded: true,
  forbidden: true,
  content_policy: true,
  not_found: true,
  conflict: true,
  payload_too_large: true,
  unsupported_media_type: true,
  rate_limited: true,
  provider_error: true,
  provider_timeout: true,
  deadline_missed: true,
  unavailable: true,
  internal_error: true,
});
const failureClasses = valuesOf<FailureClass>({
  user: true,
  model: true,
  infrastructure: true,
  moderation: true,
  timeout: true,
  unknown: true,
  cancelled: true,
});
const outcomes = valuesOf<WebhookAttemptOutcome>({
  delivered: true,
  retry: true,
  exhausted: true,
  refused: true,
});
const sizeClasses = valuesOf<SizeClass>({ '2K': true, '4K': true, custom: true });

function propertyOf(type: EventType, ...path: readonly string[]): unknown {
  return path.reduce<unknown>(
    (schema, key) => (schema as { properties: Record<string, unknown> }).properties[key],
    catalogue[type].schema.jsonSchema,
  );
}

describe('the catalogue', () => {
  test('files every type under a category without a dash', () => {
    for (const { category } of Object.values(catalogue)) expect(category).toMatch(/^[a-zA-Z]+$/);
  });

  test('knows no type by another name', () => {
    for (const name of ['TokensStolen', '', 'toString', '__proto__']) {
      expect(() => definitionOf(name)).toThrow(UnknownEventType);
    }
    expect(() => definitionOf('TokensStolen')).toThrow(
      'the catalogue has no event type TokensStolen',
    );
  });

  test('has a schema that the realistic example of every type keeps', () => {
    for (const { type, data } of exampleEvents()) {
      const { schema } = definitionOf(type);
      expect(schema.problem(schema.encode(data), type)).toBeUndefined();
    }
  });
});

describe('a closed union of the domain', () => {
  test.each([
    { type: 'GenerationFailed', path: ['code'], values: errorCodes },
    { type: 'JobAttemptFailed', path: ['failureClass'], values: failureClasses },
    { type: 'JobDeadLettered', path: ['failureClass'], values: failureClasses },
    { type: 'WebhookAttempted', path: ['outcome'], values: outcomes },
    { type: 'TokensHeld', path: ['price', 'sizeClass'], values: sizeClasses },
  ] as const)('is closed alike in $type $path', ({ type, path, values }) => {
    expect(propertyOf(type, ...path)).toEqual({ enum: values });
  });

  test('is closed alike in the scopes of a key', () => {
    const scopes = { type: 'array', items: { enum: [...apiKeyScopes].sort() } };
    expect(propertyOf('ApiKeyIssued', 'scopes')).toEqual(scopes);
  });
});
