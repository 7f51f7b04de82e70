import { DomainFailure } from '@imprest/application';
import type { FastifyRequest } from 'fastify';
import { describe, expect, it } from 'vitest';
import { baseUrl, idempotencyKey, preferredWaitSeconds } from './request-headers.js';

const request = (headers: FastifyRequest['headers'], protocol = 'http') =>
  ({ headers, protocol }) as FastifyRequest;

const refusal = (run: () => unknown) => {
  try {
    run();
  } catch (error) {
    if (error instanceof DomainFailure) return error.error;
  }
  return undefined;
};

describe('the idempotency key', () => {
  it('is null where there is none', () => {
    expect(idempotencyKey(request({}))).toBeNull();
  });

  it.each(['a', 'order-4211', '!~', 'x'.repeat(255)])('is %s as sent', (key) => {
    expect(idempotencyKey(request({ 'idempotency-key': key }))).toBe(key);
  });

  it.each(['', ' ', 'a b', 'ä', 'a\t', 'x'.repeat(256), ['a', 'b']])('is never %j', (key) => {
    const error = refusal(() => idempotencyKey(request({ 'idempotency-key': key })));

    expect(error).toMatchObject({ code: 'validation_error', field: 'Idempotency-Key' });
  });
});

describe('the preferred wait', () => {
  it.each([
    [undefined, 0],
    ['', 0],
    ['respond-async', 0],
    ['wait=30', 30],
    ['WAIT=30', 30],
    ['wait = 5', 5],
    ['wait="5"', 5],
    ['respond-async, wait=5', 5],
    ['wait=5, respond-async', 5],
    ['wait=5; strict', 5],
    [['respond-async', 'wait=7'], 7],
    ['wait=0', 0],
    ['wait=61', 60],
    ['wait=999999999', 60],
    ['wait=9999999999', 0],
    ['wait=-5', 0],
    ['wait=1.5', 0],
    ['wait=5s', 0],
    ['await=5', 0],
    ['wait', 0],
  ])('of %j is %i seconds', (prefer, seconds) => {
    const headers = prefer === undefined ? {} : { prefer };

    expect(preferredWaitSeconds(request(headers as FastifyRequest['headers']))).toBe(seconds);
  });
});

describe('the base of absolute URLs', () => {
  it('is the configured one, whatever the request says', () => {
    expect(baseUrl(request({ host: 'evil.example' }), 'https://imprest.example.com')).toBe(
      'https://imprest.example.com',
    );
  });

  it.each([
    ['127.0.0.1:8080', 'http'],
    ['imprest.example.com', 'https'],
    ['[::1]:8080', 'http'],
    ['[2001:db8::1]', 'http'],
  ])('is where the request was sent to: %s over %s', (host, protocol) => {
    expect(baseUrl(request({ host }, protocol), undefined)).toBe(`${protocol}://${host}`);
  });

  it.each([
    undefined,
    '',
    'a b',
    'user@host',
    'host/path',
    'host?x',
    'host:port',
    'host:123456',
    'host"',
    '[::1',
    'a\r\nb',
  ])('is never made from the host %j', (host) => {
    const headers = host === undefined ? {} : { host };

    expect(refusal(() => baseUrl(request(headers), undefined))).toMatchObject({ field: 'Host' });
  });
});
