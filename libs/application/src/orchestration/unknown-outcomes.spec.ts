import type { AttemptRules } from '@imprest/domain';
import { leaseOf, shortPatience, WorkScenario } from '@imprest/testkit';
import { describe, expect, test } from 'vitest';

const lost = { failureClass: 'unknown', message: 'the connection was cut after the call' } as const;

const patient: AttemptRules = {
  ...shortPatience,
  failures: {
    ...shortPatience.failures,
    unknown: {
      ...shortPatience.failures.unknown,
      retry: { attempts: 3, firstDelayMs: 500, longestDelayMs: 500 },
    },
  },
};

async function withLostCall(rules: AttemptRules = patient) {
  const work = await WorkScenario.begin({ rules });
  const id = await work.queued();
  const first = await work.leaseOne();
  await work.orchestration.leases.failed(leaseOf(first), lost);
  work.clock.advance(1_000);
  return { work, id, first };
}

describe('a provider call whose answer was lost', () => {
  test('is asked for by the next worker, and what it made is charged once', async () => {
    const { work, id, first } = await withLostCall();
    expect((await work.job(id)).status).toBe('unknown');

    const second = await work.leaseOne({ workerId: 'worker-2' });
    expect([first.unresolved, second.unresolved]).toEqual([
      undefined,
      { attempt: 1, rendersAnyway: false },
    ]);
    await work.render(second);
    await work.react();
    await expect(work.render(first)).rejects.toMatchObject({ error: { code: 'conflict' } });
    await work.react();

    expect(await work.generation(id)).toMatchObject({ status: 'succeeded', charged: '10' });
    expect(await work.balance()).toEqual({ available: 990n, held: 0n });
  });

  test('stays the same call while nobody can tell, and fails for nothing at last', async () => {
    const { work, id } = await withLostCall();
    for (const _ of [2, 3]) {
      const order = await work.leaseOne();
      expect(order.unresolved).toMatchObject({ attempt: 1 });
      const unknown = { ...lost, unresolvedAttempt: 1 };
      await work.orchestration.leases.failed(leaseOf(order), unknown);
      work.clock.advance(1_000);
    }
    await work.react();

    expect(await work.generation(id)).toMatchObject({
      status: 'failed',
      error: { code: 'provider_error', retryable: true },
    });
    expect(await work.balance()).toEqual({ available: 1_000n, held: 0n });
  });

  test('is rendered once more in the last attempt where the operator would rather pay twice', async () => {
    const { work } = await withLostCall({ ...patient, rendersUnanswered: true });
    const second = await work.leaseOne();
    await work.orchestration.leases.failed(leaseOf(second), { ...lost, unresolvedAttempt: 1 });
    work.clock.advance(1_000);

    expect(second.unresolved?.rendersAnyway).toBe(false);
    expect((await work.leaseOne()).unresolved).toEqual({ attempt: 1, rendersAnyway: true });
  });
});

describe('a rule that charges for a failure', () => {
  const { moderation } = shortPatience.failures;
  const rules: AttemptRules = {
    ...shortPatience,
    failures: {
      ...shortPatience.failures,
      moderation: { ...moderation, charge: { percent: 25, onlyRendered: true } },
    },
  };
  const refused = { failureClass: 'moderation', message: 'refused' } as const;

  test.each([
    ['what was rendered', { gpuMs: 4_000, loadMs: 0 }, '5', 995n],
    ['nothing that was not', undefined, '0', 1_000n],
  ] as const)('charges %s, and the books agree', async (_, usage, charged, available) => {
    const work = await WorkScenario.begin({ rules });
    const id = await work.queued({ images: 2 });
    await work.orchestration.leases.failed(leaseOf(await work.leaseOne()), { ...refused, usage });
    await work.react();
    await work.replay();

    expect(await work.generation(id)).toMatchObject({ status: 'failed', charged });
    expect(await work.balance()).toEqual({ available, held: 0n });
  });
});
