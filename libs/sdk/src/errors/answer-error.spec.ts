import { describe, expect, it } from 'vitest';
import { answerError } from './answer-error.js';
import * as errors from './errors.js';

const NOW_MS = Date.UTC(2026, 10, 20, 9, 30);

const told = (status: number, error: object, headers: Record<string, string> = {}) =>
  answerError(
    { status, headers: new Headers(headers) },
    JSON.stringify({ error }),
    NOW_MS,
    'order-1',
  );

const facts = { message: 'No.', retryable: false, charged: false, requestId: 'a1-1' };

describe('the error of an answer', () => {
  it('is of the class of its code and carries its facts', () => {
    const error = told(402, { ...facts, code: 'insufficient_balance', balance: 4, required: 10 });
    expect(error).toBeInstanceOf(errors.InsufficientBalanceError);
    expect(error).toMatchObject({
      name: 'InsufficientBalanceError',
      message: 'No.',
      code: 'insufficient_balance',
      status: 402,
      retryable: false,
      charged: false,
      requestId: 'a1-1',
      idempotencyKey: 'order-1',
      balance: 4,
      required: 10,
    });
  });

  it.each([
    ['validation_error', errors.ValidationError],
    ['payload_too_large', errors.ValidationError],
    ['unauthorized', errors.AuthenticationError],
    ['budget_exceeded', errors.BudgetExceededError],
    ['forbidden', errors.PermissionError],
    ['content_policy', errors.ContentPolicyError],
    ['not_found', errors.NotFoundError],
    ['conflict', errors.ConflictError],
    ['rate_limited', errors.RateLimitError],
    ['provider_timeout', errors.ProviderError],
    ['deadline_missed', errors.ProviderError],
    ['unavailable', errors.ServerError],
  ])('%s is a %o', (code, Class) => {
    expect(told(400, { ...facts, code })).toBeInstanceOf(Class);
  });

  it('is an ApiError when its code is new, and keeps the code', () => {
    const error = told(418, { ...facts, code: 'toString' });
    expect(error.constructor).toBe(errors.ApiError);
    expect(error.code).toBe('toString');
  });

  it.each([
    ['7', 7],
    ['Fri, 20 Nov 2026 09:30:42 GMT', 42],
    ['Fri, 20 Nov 2026 09:00:00 GMT', 0],
    ['soon', undefined],
  ])('takes Retry-After: %s', (value, seconds) => {
    const error = told(429, { ...facts, code: 'rate_limited' }, { 'retry-after': value });
    expect(error.retryAfterSeconds).toBe(seconds);
  });

  it.each([
    [502, '<html>Bad gateway</html>', true],
    [403, 'null', false],
    [503, '{"error":"busy"}', true],
  ])(
    'of a proxy (%d %s) goes by its status, and says nothing of a charge',
    (status, text, retryable) => {
      const headers = new Headers({ 'x-request-id': 'r-1' });
      const error = answerError({ status, headers }, text, NOW_MS);
      expect(error).toMatchObject({ code: 'unknown', status, retryable, requestId: 'r-1' });
      expect(error.charged).toBeUndefined();
    },
  );
});
