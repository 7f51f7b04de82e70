import type { BudgetSubject } from '@imprest/domain';
import { byTest, exampleIds, openAccount, SubmissionScenario } from '@imprest/testkit';
import { beforeEach, describe, expect, test } from 'vitest';
import { ApiKeys } from '../tenants/api-keys.js';
import { Budgets } from './budgets.js';

const { tenantId } = exampleIds;
const EMAIL = 'ada@example.com';
const none = { perDay: null, perMonth: null, total: null };
const exceeded = { error: { code: 'budget_exceeded', details: { spent: 30, required: 10 } } };

let api: SubmissionScenario;
let budgets: Budgets;
let ada: BudgetSubject;

beforeEach(async () => {
  api = new SubmissionScenario();
  await openAccount(api.process.runner, 1_000n, tenantId);
  budgets = new Budgets(api.process.runner, api.clock);
  ada = { kind: 'endUser', id: api.endUsers.pseudonym(tenantId, EMAIL) };
});

/** Each costs 10 tokens. */
const many = (count: number, processes: readonly SubmissionScenario[] = [api]) =>
  Promise.allSettled(
    Array.from({ length: count }, (_, n) => processes[n % processes.length]!.submit()),
  );
const accepted = (results: readonly PromiseSettledResult<unknown>[]) =>
  results.filter(({ status }) => status === 'fulfilled').length;

describe('the budget of an end user', () => {
  test.each([1, 3])('is kept by %i processes that are asked at once', async (count) => {
    await budgets.set(tenantId, ada, { ...none, perDay: 35n }, byTest);
    const others = Array.from({ length: count - 1 }, () => new SubmissionScenario(api));

    expect(accepted(await many(12, [api, ...others]))).toBe(3);
    await expect(api.submit()).rejects.toMatchObject(exceeded);
    expect(api.history('generation')).toHaveLength(3);
  });

  test('says what is spent, by the clock', async () => {
    await budgets.set(tenantId, ada, { ...none, total: 35n }, byTest);
    await many(3);
    const spent = async () => (await budgets.views(tenantId, [ada]))[0]?.spent;

    expect(await spent()).toEqual({ day: 30n, month: 30n, total: 30n });
    api.clock.advance(31 * 86_400_000);
    expect(await spent()).toEqual({ day: 0n, month: 0n, total: 30n });
  });

  test('counts a request once, however often it is repeated', async () => {
    await budgets.set(tenantId, ada, { ...none, total: 10n }, byTest);
    for (let i = 0; i < 3; i += 1) await api.submit({}, { idempotencyKey: 'k1' });

    expect((await budgets.views(tenantId, [ada]))[0]?.spent.total).toBe(10n);
  });

  test('is lifted when it is cleared, and knows no e-mail', async () => {
    await budgets.set(tenantId, ada, { ...none, total: 0n }, byTest);
    await expect(api.submit()).rejects.toMatchObject({ error: { code: 'budget_exceeded' } });
    await budgets.clear(tenantId, ada, byTest);

    expect(accepted(await many(1))).toBe(1);
    expect(await budgets.views(tenantId, [ada])).toEqual([undefined]);
    const account = api.shared.log.events.filter(({ stream }) => stream.includes('Account'));
    expect(JSON.stringify(account.map(({ data }) => data))).not.toContain('ada');
  });
});

test('the budget of a key goes along when the key is rotated', async () => {
  const keys = new ApiKeys(api.process.runner, api.secrets, api.clock);
  const terms = { name: 'shop', expiresAt: null, requestsPerMinute: 500 };
  const { id } = await keys.issue(tenantId, 'live', terms, byTest);
  await budgets.set(tenantId, { kind: 'apiKey', id }, { ...none, total: 7n }, byTest);
  const successor = await keys.rotate(tenantId, id, 60, byTest);

  const [view] = await budgets.views(tenantId, [{ kind: 'apiKey', id: successor.id }]);
  expect(view?.limits).toEqual({ ...none, total: 7n });
});
