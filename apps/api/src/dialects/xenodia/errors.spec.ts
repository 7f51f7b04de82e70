import { type DomainErrorCode, domainError, validationError } from '@imprest/domain';
import { nativeErrors } from '@imprest/platform';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, it } from 'vitest';
import { renderXenodiaError, xenodiaErrorSchema, xenodiaErrors } from './errors.js';

const codes = Object.keys(nativeErrors) as DomainErrorCode[];
const accepts = new Ajv2020({ strict: true, allowUnionTypes: true }).compile(xenodiaErrorSchema);

describe('every error of the domain', () => {
  it('has its words in this dialect, and there are no others', () => {
    expect(Object.keys(xenodiaErrors).sort()).toEqual([...codes].sort());
  });

  it.each(codes)('%s has a status that OpenAI’s clients know, and their form', (code) => {
    const { status, body, headers } = renderXenodiaError(domainError(code, 'why'), 'r1');

    expect([400, 401, 402, 403, 404, 409, 413, 422, 429, 500, 503]).toContain(status);
    expect(accepts(body) ? [] : accepts.errors).toEqual([]);
    expect(headers).toEqual({ 'x-should-retry': String(nativeErrors[code].retryable) });
  });

  it('is one that can be told from all others by its code', () => {
    const names = Object.values(xenodiaErrors).map(({ code }) => code);

    expect(new Set(names).size).toBe(codes.length);
  });
});

describe('the field of an error', () => {
  it.each([
    ['references[2]', 'image_input[2]'],
    ['references', 'image_input'],
    ['endUserEmail', 'user'],
    ['n', 'n'],
    ['image_input[0]', 'image_input[0]'],
  ])('%s is called %s here', (field, param) => {
    const { body } = renderXenodiaError(validationError(field, 'is wrong'), 'r1');

    expect(body).toEqual({
      error: {
        message: `${param} is wrong`,
        type: 'invalid_request_error',
        param,
        code: 'invalid_value',
      },
    });
  });
});
