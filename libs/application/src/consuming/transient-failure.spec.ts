import { describe, expect, test } from 'vitest';
import { EventStoreUnavailable } from '../ports/event-store.js';
import { RateLimitsUnavailable } from '../ports/rate-limits.js';
import { isEngineAway, isTransient, NotYet } from './transient-failure.js';

const withCode = (code: string, more: object = {}) =>
  Object.assign(new Error(`refused with ${code}`), { code, ...more });

describe('an engine is at fault', () => {
  test.each([
    ['an event store without an answer', new EventStoreUnavailable('no answer')],
    ['something that has to come first', new NotYet('the index is behind')],
    ['an error that says so', Object.assign(new Error('moved'), { transient: true })],
    ['rate limits that nobody can count', new RateLimitsUnavailable('no answer')],
    ['a refused connection', withCode('ECONNREFUSED', { syscall: 'connect' })],
    ['a full disk', withCode('ENOSPC', { syscall: 'write' })],
    ['a server that shuts down', withCode('57P01')],
    ['a deadlock', withCode('40P01')],
    ['a server that only reads', withCode('25006')],
    ['a table that no migration made yet', withCode('42P01')],
    ['a lost connection', new Error('Connection terminated unexpectedly')],
    ['a pool without a free one', new Error('timeout exceeded when trying to connect')],
    ['time that ran out', Object.assign(new Error('too slow'), { name: 'TimeoutError' })],
    ['a failure below', new Error('no assets', { cause: withCode('EPIPE', { syscall: 'write' }) })],
    ['one of several', new AggregateError([new Error('no'), withCode('53300')])],
  ])('%s', (_, error) => expect(isTransient(error)).toBe(true));
});

describe('the consumer is at fault', () => {
  test.each([
    ['a bug', new TypeError("reading 'x' of undefined")],
    ['a refused command', new Error('job j1 cannot be queued')],
    ['a check constraint', withCode('23514')],
    ['a number out of range', withCode('22003')],
    ['a refused argument', withCode('ERR_INVALID_ARG_TYPE')],
    ['what is no error', 'oops'],
  ])('%s', (_, error) => expect(isTransient(error)).toBe(false));
});

test('causes in a circle come to an end', () => {
  const first = new Error('first');
  first.cause = new Error('second', { cause: first });
  expect(isTransient(first)).toBe(false);
});

describe('an engine is away', () => {
  test.each([
    ['an event store without an answer', new EventStoreUnavailable('no answer'), true],
    ['a refused connection', withCode('ECONNREFUSED', { syscall: 'connect' }), true],
    ['a socket file that is not there', withCode('ENOENT', { syscall: 'connect' }), true],
    ['a server that shuts down', withCode('57P01'), true],
    ['a server without room', withCode('53300'), true],
    ['a lost connection', new Error('Connection terminated unexpectedly'), true],
    ['a deadlock', withCode('40P01'), false],
    ['a table that no migration made yet', withCode('42P01'), false],
    ['a file that is not there', withCode('ENOENT', { syscall: 'open' }), false],
    ['a bug', new TypeError("reading 'x' of undefined"), false],
  ])('%s: %s', (_, error, away) => expect(isEngineAway(error)).toBe(away));
});
