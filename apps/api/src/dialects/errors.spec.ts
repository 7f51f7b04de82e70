import { type DomainErrorCode, domainError } from '@imprest/domain';
import { type Dialect, nativeDialect, nativeErrors } from '@imprest/platform';
import { Ajv2020 } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import { describe, expect, it } from 'vitest';
import { error as nativeErrorSchema } from '../openapi/schemas/error.js';
import { UNCENSORED } from './uncensored/dialect.js';
import { XAVIRA } from './xavira/dialect.js';
import { XENODIA } from './xenodia/dialect.js';

const codes = Object.keys(nativeErrors) as DomainErrorCode[];
const dialects: readonly Dialect[] = [nativeDialect, XENODIA, UNCENSORED, XAVIRA];

/** Statuses that the description of each published API lists. */
const published: Readonly<Record<string, readonly number[]>> = {
  xmode: [400, 401, 402, 403, 404, 409, 413, 415, 422, 429, 500, 502, 503, 504],
  xenodia: [400, 401, 402, 403, 404, 409, 413, 422, 429, 500, 503],
  uncensored: [400, 401, 402, 403, 404, 409, 429, 500],
  xavira: [400, 401, 402, 403, 404, 409, 413, 415, 422, 429, 500, 502],
};

const facts = {
  validation_error: { field: 'prompt' },
  insufficient_balance: { details: { balance: 4, required: 10 } },
  budget_exceeded: {
    details: { budget: 'endUser', period: 'perDay', limit: 5, spent: 4, required: 10 },
  },
  forbidden: { details: { scope: 'generations:write' } },
  content_policy: { details: { category: 'house_rules' } },
  rate_limited: { details: { retryAfter: 21 } },
} as const;

describe.each(dialects)('the error table of $name', ({ name, errors, renderError, ...dialect }) => {
  const schema = dialect.errorSchema ?? nativeErrorSchema;
  const ajv = new Ajv2020({ strict: true, allowUnionTypes: true });
  formats.default(ajv);
  const accepts = ajv.compile(schema);

  it('knows every error of the domain and no other', () => {
    expect(Object.keys(errors).sort()).toEqual([...codes].sort());
  });

  it.each(codes)('answers %s in its own words', (code) => {
    const more = code in facts ? facts[code as keyof typeof facts] : {};
    const error = domainError(code, 'why it is so', more);
    const { status, body } = renderError(error, 'r1');

    expect(status).toBe(errors[code].status);
    expect(published[name]).toContain(status);
    const sent = JSON.parse(JSON.stringify(body));
    expect(accepts(sent) ? [] : accepts.errors).toEqual([]);
    expect(JSON.stringify(sent)).toContain('why it is so');
  });

  it.each(codes)('tells the class of %s by its status', (code) => {
    const isOurs = nativeErrors[code].status >= 500;

    expect(errors[code].status >= 500).toBe(isOurs);
  });
});
