import { DomainFailure, EventStoreUnavailable, InvalidCursor } from '@imprest/application';
import { domainError } from '@imprest/domain';
import { BadRequestException, NotFoundException } from '@nestjs/common';
import { describe, expect, it } from 'vitest';
import { nativeErrors, renderNativeError } from './native-errors.js';
import { toDomainError } from './to-domain-error.js';

const withStatus = (statusCode: number, message = 'detail') =>
  Object.assign(new Error(message), { statusCode });

const withCode = (code: string, syscall: string) =>
  Object.assign(new Error('detail'), { code, syscall });

describe('a failure', () => {
  it('of the domain stays what it is', () => {
    const error = domainError('conflict', 'the tenant exists already');

    expect(toDomainError(new DomainFailure(error))).toBe(error);
  });

  it.each([
    ['a cursor of another list', new InvalidCursor(), 'validation_error'],
    ['an event store that does not answer', new EventStoreUnavailable('down'), 'unavailable'],
    ['a database that is away', withCode('ECONNREFUSED', 'connect'), 'unavailable'],
    ['a text with NUL', Object.assign(new Error('0x00'), { code: '22021' }), 'validation_error'],
    ['a file that is away', withCode('ENOENT', 'open'), 'internal_error'],
    ['an unknown route', new NotFoundException(), 'not_found'],
    ['a body that is too large', withStatus(413), 'payload_too_large'],
    ['a body of another type', withStatus(415), 'unsupported_media_type'],
    ['a URL that is too long', withStatus(414), 'validation_error'],
    ['malformed JSON', withStatus(400), 'validation_error'],
    ['what Nest refuses', new BadRequestException('no'), 'validation_error'],
    ['an error of a driver', new Error('connection to 10.0.0.7 refused'), 'internal_error'],
    ['a status of the 500s', withStatus(503), 'internal_error'],
    ['a status that is no number', { statusCode: '400' }, 'internal_error'],
    ['a thrown text', 'oops', 'internal_error'],
    ['nothing', undefined, 'internal_error'],
    ['null', null, 'internal_error'],
  ])('that is %s', (_, failure, code) => {
    expect(toDomainError(failure).code).toBe(code);
  });

  it('that nobody expected says nothing about its cause', () => {
    const { message } = toDomainError(new Error('connection to 10.0.0.7 refused'));

    expect(message).not.toMatch(/10\.0\.0\.7|refused/);
  });

  it('of the parser says what is wrong with the body', () => {
    expect(toDomainError(withStatus(400, 'Body is not valid JSON')).message).toBe(
      'Body is not valid JSON',
    );
  });
});

describe('the native form of an error', () => {
  it('holds facts, a verdict on retrying and the request id, and never a charge', () => {
    const error = domainError('insufficient_balance', 'too little', {
      details: { balance: 4, required: 10 },
    });

    expect(renderNativeError(error, 'r1')).toEqual({
      status: 402,
      body: {
        error: {
          code: 'insufficient_balance',
          message: 'too little',
          field: undefined,
          balance: 4,
          required: 10,
          retryable: false,
          charged: false,
          requestId: 'r1',
        },
      },
    });
  });

  it('cannot be spoofed by facts', () => {
    const error = domainError('conflict', 'no', { details: { requestId: 'x', charged: true } });
    const { body } = renderNativeError(error, 'r1') as { body: { error: object } };

    expect(body.error).toMatchObject({ requestId: 'r1', charged: false });
  });

  it('has one status for each code, but for two ways of having no tokens to spend, and two of being late', () => {
    const { budget_exceeded, deadline_missed, ...others } = nativeErrors;
    const statuses = Object.values(others).map(({ status }) => status);

    expect(new Set(statuses).size).toBe(statuses.length);
    expect(budget_exceeded.status).toBe(nativeErrors.insufficient_balance.status);
    expect(deadline_missed.status).toBe(nativeErrors.provider_timeout.status);
  });
});
