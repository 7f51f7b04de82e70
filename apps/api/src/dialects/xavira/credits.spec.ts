import { DomainFailure } from '@imprest/application';
import { type DomainError, domainError, insufficientBalance } from '@imprest/domain';
import { expect, it } from 'vitest';
import { Credits } from './credits.js';

const credits = new Credits(10);

const told = (error: DomainError) =>
  credits
    .toldIn(() => Promise.reject(new DomainFailure(error)))
    .catch((failure: DomainFailure) => failure.error);

it('tells a balance that is too small in credits', async () => {
  expect(await told(insufficientBalance(4n, 50n))).toEqual(
    domainError('insufficient_balance', 'this request costs 5 credits, and 0.4 are available', {
      details: { balance: 0.4, required: 5 },
    }),
  );
});

it('tells a budget that is used up in credits, and whose it is as it was', async () => {
  const details = { budget: 'endUser', period: 'perDay', limit: 100, spent: 95, required: 10 };
  expect(await told(domainError('budget_exceeded', 'in tokens', { details }))).toMatchObject({
    message: 'this request costs 1 credits, and its budget of 10 has 0.5 left',
    details: { budget: 'endUser', period: 'perDay', limit: 10, spent: 9.5, required: 1 },
  });
});

it('leaves every other error, and what goes well, as it is', async () => {
  const other = domainError('conflict', 'used before');
  expect(await told(other)).toBe(other);
  expect(await credits.toldIn(async () => 7)).toBe(7);
  const broken = new Error('broken');
  await expect(credits.toldIn(() => Promise.reject(broken))).rejects.toBe(broken);
});
