import { byTest, leaseOf, shortPatience, WorkScenario } from '@imprest/testkit';
import { describe, expect, test } from 'vitest';
import { openInputs } from '../generations/confidential-input.js';
import { DeadLetterRedrive } from './redrive-dead-letter.js';
import { RedriveInBulk } from './redrive-in-bulk.js';
import type { RedrivePermission } from './redrive-permission.js';

function redriveOf(work: WorkScenario): DeadLetterRedrive {
  const { runner, dataKeys, engines, clock } = work;
  const permission = {
    demand: async (view) => (await openInputs(dataKeys, [view])).get(view.id)!,
  } as Pick<RedrivePermission, 'demand'> as RedrivePermission;
  return new DeadLetterRedrive(runner, permission, engines.store, dataKeys, shortPatience, clock);
}

async function deadLetter(work: WorkScenario): Promise<string> {
  const id = await work.queued();
  const failure = { failureClass: 'user', message: 'unreadable reference' } as const;
  await work.orchestration.leases.failed(leaseOf(await work.leaseOne()), failure);
  await work.react();
  return id;
}

const asked = (generationId: string) => ({ generationId, reason: 'mended', context: byTest });

describe('a dead letter that is redriven', () => {
  test('is a new request with a hold of its own, done like any other', async () => {
    const work = await WorkScenario.begin();
    const id = await deadLetter(work);
    expect(await work.balance()).toEqual({ available: 1_000n, held: 0n });

    const redriven = await redriveOf(work).execute(asked(id));
    expect(await work.balance()).toEqual({ available: 990n, held: 10n });
    await work.react();
    await work.render(await work.leaseOne());
    await work.react();

    expect(await work.generation(redriven.id)).toMatchObject({
      ...{ status: 'succeeded', charged: '10', redriveOf: id },
    });
    expect(await work.generation(id)).toMatchObject({ status: 'failed', charged: '0' });
    expect(await work.balance()).toEqual({ available: 990n, held: 0n });
    expect((await work.history('job', id)).at(-1)).toBe('JobRedriven');
  });

  test('is redriven once, however often it is asked for', async () => {
    const work = await WorkScenario.begin();
    const id = await deadLetter(work);
    const redrive = redriveOf(work);

    expect(await redrive.execute(asked(id))).toEqual(await redrive.execute(asked(id)));
    expect(await work.balance()).toEqual({ available: 990n, held: 10n });
  });

  test('must be one, and must be paid for', async () => {
    const work = await WorkScenario.begin();
    const dead = await deadLetter(work);
    const open = await work.queued();
    for (let n = 0; n < 99; n += 1) await work.request();

    const report = await new RedriveInBulk(redriveOf(work)).redrive(
      [dead, open, 'req_none'],
      'mended',
      byTest,
    );
    expect(report.redriven).toEqual([]);
    expect(report.refused.map(({ error }) => error.code)).toEqual([
      ...['insufficient_balance', 'conflict', 'not_found'],
    ]);
    await expect(work.generation(dead)).resolves.toMatchObject({ status: 'failed' });
  });
});
