import { domainError } from '@imprest/domain';
import { describe, expect, it } from 'vitest';
import { nativeErrors, renderNativeError } from './native-errors.js';
import { asksForProblem } from './problem-details.js';

describe('problem details', () => {
  it.each([
    'application/problem+json',
    'Application/Problem+JSON; charset=utf-8',
    'application/json, application/problem+json',
    'application/json;q=0.5, application/problem+json;q=0.9',
    'text/html, application/problem+json;q=0.1, */*;q=0.05',
  ])('are asked for by %s', (accept) => {
    expect(asksForProblem(accept)).toBe(true);
  });

  it.each([
    undefined,
    '',
    '*/*',
    'application/*',
    'application/json',
    'application/problem+json;q=0',
    'application/problem+json;q=no',
    'application/json, application/problem+json;q=0.9',
  ])('are not asked for by %s', (accept) => {
    expect(asksForProblem(accept)).toBe(false);
  });

  it('say the same as the native form, in the words of RFC 9457', () => {
    const details = { balance: 4, required: 10 };
    const error = domainError('insufficient_balance', 'the account holds 4 tokens', { details });

    expect(renderNativeError(error, 'r1', 'application/problem+json')).toEqual({
      status: 402,
      mediaType: 'application/problem+json',
      body: {
        type: 'urn:imprest:error:insufficient_balance',
        title: 'Insufficient balance',
        status: 402,
        detail: 'the account holds 4 tokens',
        code: 'insufficient_balance',
        balance: 4,
        required: 10,
        retryable: false,
        charged: false,
        requestId: 'r1',
      },
    });
  });

  it.each(Object.keys(nativeErrors) as (keyof typeof nativeErrors)[])('tell %s', (code) => {
    const { status, body } = renderNativeError(
      domainError(code, 'why'),
      'r1',
      'application/problem+json',
    );

    expect(body).toMatchObject({ type: `urn:imprest:error:${code}`, status, detail: 'why', code });
    expect(status).toBe(nativeErrors[code].status);
  });
});
