import { inspect } from 'node:util';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ConflictError, ConnectionError, Imprest, InsufficientBalanceError } from './index.js';

const REQUEST = { endUserEmail: 'ada@example.com', prompt: 'A paper boat' };
const unavailable = () => failure(503, 'unavailable', true);
const failure = (status: number, code: string, retryable = false) =>
  Response.json(
    { error: { code, message: code, retryable, charged: false, requestId: 'r' } },
    { status },
  );
const accepted = () => Response.json({ requestId: 'req_1', status: 'queued' }, { status: 202 });

/** A client whose attempts are answered by these, one after another; the last one is repeated. */
function scripted(...answers: readonly (() => Response | Promise<Response>)[]) {
  const sent: { url: string; init: RequestInit; headers: Headers }[] = [];
  const imprest = new Imprest({
    baseUrl: 'https://imprest.example.com/base/',
    apiKey: 'imp_test_secret',
    timeoutMs: 200,
    fetch: async (url, init = {}) => {
      sent.push({ url: String(url), init, headers: new Headers(init.headers) });
      const answer = answers[Math.min(sent.length, answers.length) - 1];
      return (answer as () => Promise<Response>)();
    },
  });
  return { imprest, sent, keys: () => sent.map(({ headers }) => headers.get('idempotency-key')) };
}

/** Lets pauses pass at once. */
async function soon<T>(outcome: Promise<T>): Promise<T> {
  outcome.catch(() => {});
  await vi.runAllTimersAsync();
  return outcome;
}

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
});
afterEach(() => {
  vi.useRealTimers();
});

describe('a call that costs tokens', () => {
  it('is repeated with one key and one body until it has an answer', async () => {
    const lost = () => Promise.reject(new TypeError('fetch failed'));
    const { imprest, sent, keys } = scripted(unavailable, lost, accepted);
    const receipt = await soon(imprest.generations.create(REQUEST));
    expect(receipt.requestId).toBe('req_1');
    expect(keys()).toEqual(Array(3).fill(expect.stringMatching(/^sdk_[0-9a-f]{32}$/)));
    expect(new Set(keys()).size).toBe(1);
    expect(sent.map(({ init }) => init.body)).toEqual(Array(3).fill(JSON.stringify(REQUEST)));
  });

  it('has a new key each time, or the one that the caller names', async () => {
    const { imprest, keys } = scripted(accepted);
    await imprest.generations.create(REQUEST);
    await imprest.generations.create(REQUEST);
    await imprest.generations.rerun('req_1', {}, { idempotencyKey: 'order-1' });
    await imprest.topUps.order(
      { package: 'studio', provider: 'manual' },
      { idempotencyKey: 'o-2' },
    );
    expect(new Set(keys()).size).toBe(4);
    expect(keys().slice(2)).toEqual(['order-1', 'o-2']);
    await expect(imprest.generations.create(REQUEST, { idempotencyKey: 'ä' })).rejects.toThrow(
      TypeError,
    );
  });

  it('tells its key when it may or may not have been carried out', async () => {
    const { imprest, keys } = scripted(() => Promise.reject(new TypeError('fetch failed')));
    const error = await soon(imprest.generations.create(REQUEST)).catch((reason) => reason);
    expect(error).toBeInstanceOf(ConnectionError);
    expect(error).toMatchObject({
      code: 'connection_failed',
      retryable: true,
      idempotencyKey: keys()[0],
    });
    expect(error.charged).toBeUndefined();
    expect(keys()).toHaveLength(4);
  });
});

describe('every call', () => {
  it('goes to the base URL with the key, ids encoded, and without a key of its own when it is free', async () => {
    const { imprest, sent, keys } = scripted(() =>
      Response.json({ generations: [], nextCursor: null }),
    );
    await imprest.endUsers.generations('a/b@example.com', { limit: 5 }).page();
    expect(sent[0]?.url).toBe(
      'https://imprest.example.com/base/v1/end-users/a%2Fb%40example.com/generations?limit=5',
    );
    expect(sent[0]?.headers.get('authorization')).toBe('Bearer imp_test_secret');
    expect(keys()).toEqual([null]);
  });

  it('is not repeated when that cannot help', async () => {
    const poor = scripted(() => failure(402, 'insufficient_balance'));
    await expect(poor.imprest.generations.create(REQUEST)).rejects.toBeInstanceOf(
      InsufficientBalanceError,
    );
    const late = scripted(() => failure(409, 'conflict'));
    await expect(late.imprest.generations.cancel('req_1')).rejects.toBeInstanceOf(ConflictError);
    expect([poor.sent.length, late.sent.length]).toEqual([1, 1]);
  });

  it('is given up when it takes too long, and tried again', async () => {
    vi.useRealTimers();
    let attempts = 0;
    const imprest = new Imprest({
      baseUrl: 'https://imprest.example.com',
      apiKey: 'k',
      timeoutMs: 20,
      maxRetries: 1,
      fetch: (_, init) => {
        attempts += 1;
        return new Promise((_resolve, reject) => {
          init?.signal?.addEventListener('abort', () => reject(init.signal?.reason));
        });
      },
    });
    await expect(imprest.account.balance()).rejects.toBeInstanceOf(ConnectionError);
    expect(attempts).toBe(2);
  });

  it('ends with its signal, in a pause as well', async () => {
    const { imprest, sent } = scripted(unavailable);
    const reason = new Error('the user left');
    const caller = new AbortController();
    const outcome = imprest.account.balance({ signal: caller.signal });
    outcome.catch(() => {});
    await vi.advanceTimersByTimeAsync(0);
    caller.abort(reason);
    await expect(outcome).rejects.toBe(reason);
    expect(sent).toHaveLength(1);
  });
});

describe('a client', () => {
  it('does not show its key', () => {
    const { imprest } = scripted(accepted);
    const shown = inspect(imprest, { depth: 9, showHidden: true }) + JSON.stringify(imprest);
    expect(shown).not.toContain('imp_test_secret');
  });

  it.each([
    { baseUrl: 'ftp://imprest.example.com', apiKey: 'k' },
    { baseUrl: 'imprest.example.com', apiKey: 'k' },
    { baseUrl: 'https://imprest.example.com', apiKey: '' },
    { baseUrl: 'https://imprest.example.com', apiKey: 'a\nb' },
  ])('refuses $baseUrl with the key "$apiKey"', (options) => {
    expect(() => new Imprest(options)).toThrow(TypeError);
  });
});
