import { toDomainEvent } from '@imprest/event-catalogue';
import { byTest, exampleIds, openAccount, SubmissionScenario } from '@imprest/testkit';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { endUserStream, generationStream, tokenAccountStream } from '../deciding/stream-types.js';
import { DataKeysUnavailable } from '../ports/data-keys.js';
import { EventStoreUnavailable } from '../ports/event-store.js';
import { openInputs } from './confidential-input.js';
import { loadGeneration } from './load-generation.js';

const { tenantId } = exampleIds;
let api: SubmissionScenario;

const key = (idempotencyKey: string) => ({ idempotencyKey });
const refusal = (code: string, more: object = {}) => ({ error: { code, ...more } });
const holds = () => api.history('tokenAccount').filter((type) => type === 'TokensHeld').length;
const requests = () => api.history('generation').filter((type) => type === 'GenerationRequested');

beforeEach(async () => {
  api = new SubmissionScenario();
  await openAccount(api.process.runner, 1_000n, tenantId);
});

describe('an accepted request', () => {
  test('is two facts in one append: the request on its own stream, then the hold', async () => {
    const { id } = await api.submit();
    expect(api.process.store.appends.at(-1)).toEqual([
      `generation-${id}`,
      `tokenAccount-${tenantId}`,
    ]);
    const [requested, held] = api.shared.log.events.slice(-2).map(toDomainEvent);
    expect(requested).toMatchObject({
      type: 'GenerationRequested',
      data: { tenantId, dialect: 'xmode', webhook: true, price: { total: 10n, images: 1 } },
    });
    expect(held).toMatchObject({ type: 'TokensHeld', data: { generationId: id, tokens: 10n } });
  });

  test('says what it made, and is no replay', async () => {
    const submitted = await api.submit();
    expect(submitted).toEqual({
      id: expect.stringMatching(/^req_[0-9a-z]{26}$/),
      model: 'landscape-1',
      createdAt: api.clock.isoNow(),
      replayed: false,
    });
  });

  test('holds nothing personal in the clear, and all of it sealed', async () => {
    const { id } = await api.submit({ references: ['https://images.example.com/1.png'] });
    const stored = JSON.stringify(api.shared.log.events, (_key, value) =>
      typeof value === 'bigint' ? `${value}` : value,
    );
    for (const personal of ['mountain', 'ada@', 'hooks.example', '1.png']) {
      expect(stored).not.toContain(personal);
    }
    const view = await loadGeneration(api.process.store, id);
    const inputs = await openInputs(api.dataKeys, view === undefined ? [] : [view]);
    expect(inputs.get(id)).toEqual({
      prompt: 'a mountain lake at sunrise',
      endUserEmail: 'ada@example.com',
      references: ['https://images.example.com/1.png'],
      webhookUrl: 'https://hooks.example.com/images',
    });
  });

  test('registers its end user once', async () => {
    await api.submit();
    await api.submit({ prompt: 'a harbour in fog' });
    expect(api.history('endUser')).toEqual(['EndUserRegistered']);
  });

  test('freezes its price: images times price per image', async () => {
    const { id } = await api.submit({ images: 3 });
    const view = await loadGeneration(api.process.store, id);
    expect(view?.price).toMatchObject({ images: 3, perImage: '10', total: '30' });
  });
});

describe('a refused request writes neither request nor hold', () => {
  const nothingWritten = () => expect([requests(), holds()]).toEqual([[], 0]);

  test('when the balance is short', async () => {
    await openAccount(api.process.runner, 25n, 'ten_poor');
    await expect(api.submit({ images: 3 }, { tenantId: 'ten_poor' })).rejects.toMatchObject(
      refusal('insufficient_balance', { details: { balance: 25, required: 30 } }),
    );
    nothingWritten();
  });

  test('when the account is not open', async () => {
    await expect(api.submit({}, { tenantId: 'ten_other' })).rejects.toMatchObject(
      refusal('forbidden'),
    );
    nothingWritten();
  });

  test.each([
    ['an unknown model', { model: 'portrait-9' }, 'model'],
    ['fields that do not go together', { sequential: true, images: 2 }, 'sequential'],
    ['a size nobody sells', { size: '1x1' }, 'size'],
  ])('for %s', async (_case, input, field) => {
    await expect(api.submit(input)).rejects.toMatchObject(refusal('validation_error', { field }));
    nothingWritten();
    expect(api.history('endUser')).toEqual([]);
  });

  test('for a model that the key may not use', async () => {
    const models = new Set(['another']);
    const { model } = await api.submit({}, { models: null });
    expect(await api.submit({}, { models: new Set([model]) })).toMatchObject({ model });
    const before = requests().length;
    await expect(api.submit({}, { models })).rejects.toMatchObject(
      refusal('forbidden', { details: { model } }),
    );
    expect(requests()).toHaveLength(before);
  });

  test('for a webhook target that must not be reached, before anyone is registered', async () => {
    api.targets.checkTarget = (url) =>
      url.includes('internal') ? { ok: false, reason: 'is not public' } : { ok: true };
    await expect(api.submit({ webhookUrl: 'https://internal.example' })).rejects.toMatchObject(
      refusal('validation_error', { field: 'webhookUrl', message: 'webhookUrl is not public' }),
    );
    const references = ['https://images.example.com/1.png', 'https://internal.example/2.png'];
    await expect(api.submit({ references })).rejects.toMatchObject(
      refusal('validation_error', { field: 'references[1]' }),
    );
    nothingWritten();
    expect(api.history('endUser')).toEqual([]);
  });

  test('for a blocked end user, who is not moderated either', async () => {
    await api.submit();
    const endUserId = api.endUsers.pseudonym(tenantId, 'ada@example.com');
    const block = { type: 'BlockEndUser', reason: 'abuse' } as const;
    await api.process.runner.run(endUserStream, endUserId, block, byTest);
    api.endUsers.forget(tenantId, 'ada@example.com');
    const review = vi.spyOn(api.moderator, 'review');
    const before = api.shared.log.events.length;
    await expect(api.submit()).rejects.toMatchObject(refusal('forbidden'));
    expect(review).not.toHaveBeenCalled();
    expect(api.shared.log.events).toHaveLength(before);
  });

  test('when no durable key can be had', async () => {
    await api.dataKeys.close();
    const other = new SubmissionScenario(api);
    await other.submit();
    const before = api.shared.log.events.length;
    await expect(api.submit()).rejects.toThrow(DataKeysUnavailable);
    expect(api.shared.log.events).toHaveLength(before);
  });
});

describe('moderation', () => {
  test('refuses before any debit, and records the refusal without the prompt', async () => {
    api.moderator.review = async () => ({
      outcome: 'block',
      category: 'house_rules',
      reviewer: 'rules 7',
    });
    await expect(api.submit()).rejects.toMatchObject(
      refusal('content_policy', { details: { category: 'house_rules' } }),
    );
    expect([requests(), holds()]).toEqual([[], 0]);
    const refused = api.shared.log.events.filter(({ type }) => type === 'EndUserPromptRefused');
    expect(refused.map(({ data }) => data)).toEqual([
      { category: 'house_rules', reviewer: 'rules 7' },
    ]);
  });

  test.each([
    [
      'throws',
      () => {
        throw new Error('classifier at 10.0.0.7 is down');
      },
    ],
    ['rejects', () => Promise.reject(new Error('classifier at 10.0.0.7 is down'))],
  ])('that %s refuses the request: nobody has judged it', async (_how, review) => {
    api.moderator.review = review;
    const failure = await api.submit().catch((error) => error);
    expect(failure).toMatchObject(refusal('unavailable'));
    expect(failure.message).not.toContain('10.0.0.7');
    expect(failure.cause).toMatchObject({ message: 'classifier at 10.0.0.7 is down' });
    expect([requests(), holds()]).toEqual([[], 0]);
  });

  test('whose answer makes no sense refuses the request too', async () => {
    for (const answer of [undefined, {}, { outcome: 'maybe' }, null]) {
      api.moderator.review = () => answer as never;
      await expect(api.submit()).rejects.toThrow();
    }
    expect([requests(), holds()]).toEqual([[], 0]);
  });
});

describe('a repeated idempotency key', () => {
  test('answers with the first request, and debits once', async () => {
    const first = await api.submit({}, key('k1'));
    api.clock.advance(60_000);
    const second = await api.submit({}, key('k1'));
    expect(second).toEqual({ ...first, replayed: true });
    expect([requests().length, holds()]).toEqual([1, 1]);
  });

  test('is another key for another tenant', async () => {
    await openAccount(api.process.runner, 100n, 'ten_other');
    const first = await api.submit({}, key('k1'));
    const second = await api.submit({}, { ...key('k1'), tenantId: 'ten_other' });
    expect(second).toMatchObject({ replayed: false });
    expect(second.id).not.toBe(first.id);
  });

  test.each([
    ['prompt', { prompt: 'a harbour in fog' }],
    ['end user', { endUserEmail: 'bob@example.com' }],
    ['webhook', { webhookUrl: null }],
    ['size', { size: '4K' }],
    ['references', { references: ['https://images.example.com/1.png'] }],
    ['seed', { seed: 7 }],
  ])('with another %s is a conflict', async (_what, input) => {
    await api.submit({}, key('k1'));
    await expect(api.submit(input, key('k1'))).rejects.toMatchObject(refusal('conflict'));
    expect(holds()).toBe(1);
  });

  test('with the same meaning in other words is none', async () => {
    await api.submit({ images: 1, size: '2K', model: 'landscape-1' }, key('k1'));
    expect(await api.submit({}, key('k1'))).toMatchObject({ replayed: true });
  });

  test('with the same named seed is none, and the seed that was drawn does not count', async () => {
    await api.submit({ seed: 7 }, key('named'));
    expect(await api.submit({ seed: 7 }, key('named'))).toMatchObject({ replayed: true });
    await api.submit({}, key('drawn'));
    expect(await api.submit({}, key('drawn'))).toMatchObject({ replayed: true });
  });

  test('whose hold a crash has prevented is held now', async () => {
    const { process } = api;
    process.store.beforeAppend = async (appends) => {
      // What a store without joint appends leaves behind when the process dies between the two.
      process.store.beforeAppend = () => undefined;
      await process.store.append(appends.slice(0, 1));
      throw new EventStoreUnavailable('connection lost');
    };
    api.endUsers.resolve = () => ({ id: 'usr_1', blocked: null });
    await expect(api.submit({}, key('k1'))).rejects.toThrow(EventStoreUnavailable);
    expect([requests().length, holds()]).toEqual([1, 0]);
    expect(await api.submit({}, key('k1'))).toMatchObject({ replayed: true });
    expect([requests().length, holds()]).toEqual([1, 1]);
    await api.submit({}, key('k1'));
    expect(holds()).toBe(1);
  });

  test('whose hold cannot be made now is refused', async () => {
    const { process } = api;
    process.store.beforeAppend = async (appends) => {
      process.store.beforeAppend = () => undefined;
      await process.store.append(appends.slice(0, 1));
      throw new EventStoreUnavailable('connection lost');
    };
    api.endUsers.resolve = () => ({ id: 'usr_1', blocked: null });
    await api.submit({}, key('k1')).catch(() => undefined);
    const freeze = { type: 'FreezeAccount', reason: 'charge-back' } as const;
    await process.runner.run(tokenAccountStream, tenantId, freeze, byTest);
    await expect(api.submit({}, key('k1'))).rejects.toMatchObject(refusal('forbidden'));
  });

  test('of a request that has ended is answered without a new hold', async () => {
    const { id } = await api.submit({}, key('k1'));
    const { runner } = api.process;
    const cancel = { type: 'CancelGeneration', reason: 'not wanted' } as const;
    await runner.run(generationStream, id, cancel, byTest);
    const release = { type: 'ReleaseHold', generationId: id, reason: 'cancelled' } as const;
    await runner.run(tokenAccountStream, tenantId, release, byTest);
    expect(await api.submit({}, key('k1'))).toMatchObject({ id, replayed: true });
    expect(holds()).toBe(1);
  });

  test.each([1, 2])('raced 20 times at once over %i processes debits once', async (processes) => {
    const apis = [api, new SubmissionScenario(api)].slice(0, processes);
    const results = await Promise.all(
      Array.from({ length: 20 }, (_, n) => apis[n % processes]!.submit({}, key('k1'))),
    );
    expect(new Set(results.map(({ id }) => id)).size).toBe(1);
    expect(results.filter(({ replayed }) => !replayed)).toHaveLength(1);
    expect(new Set(results.map(({ createdAt }) => createdAt)).size).toBe(1);
    expect([requests().length, holds()]).toEqual([1, 1]);
  });

  test('raced with different requests lets one through and refuses the others', async () => {
    const prompts = Array.from({ length: 10 }, (_, n) => `a lake, ${n} birds above it`);
    const results = await Promise.allSettled(
      prompts.map((prompt) => api.submit({ prompt }, key('k1'))),
    );
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    for (const result of results) {
      if (result.status === 'rejected') expect(result.reason).toMatchObject(refusal('conflict'));
    }
    expect(holds()).toBe(1);
  });
});

test('requests without a key are never repeats of each other', async () => {
  const results = await Promise.all([api.submit(), api.submit(), api.submit()]);
  expect(new Set(results.map(({ id }) => id)).size).toBe(3);
  expect(holds()).toBe(3);
});
