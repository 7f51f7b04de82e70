import { byTest, exampleIds, openAccount, SubmissionScenario, storedImage } from '@imprest/testkit';
import { beforeEach, describe, expect, test } from 'vitest';
import { generationStream } from '../deciding/stream-types.js';
import { CancelGeneration, CancelGenerationHandler } from './cancel-generation.js';

const { tenantId } = exampleIds;
let api: SubmissionScenario;
let id: string;

const refusal = (code: string) => ({ error: { code } });
const run = (command: Parameters<typeof generationStream.decider.decide>[0]) =>
  api.process.runner.run(generationStream, id, command, byTest);
const cancel = (tenant = tenantId, generationId = id) =>
  new CancelGenerationHandler(api.process.runner, api.process.store).execute(
    new CancelGeneration(tenant, generationId, 'not wanted any more', byTest),
  );

beforeEach(async () => {
  api = new SubmissionScenario();
  await openAccount(api.process.runner, 1_000n, tenantId);
  ({ id } = await api.submit());
});

describe('cancelling', () => {
  test('ends queued work, charges nothing and answers with the outcome', async () => {
    expect(await cancel()).toMatchObject({
      id,
      status: 'cancelled',
      charged: '0',
      refunded: '10',
      finishedAt: api.clock.isoNow(),
    });
  });

  test('ends running work', async () => {
    await run({ type: 'StartGeneration', attempt: 1 });
    expect(await cancel()).toMatchObject({ status: 'cancelled' });
  });

  test('may be repeated and happens once', async () => {
    const first = await cancel();
    api.clock.advance(1_000);
    expect(await cancel()).toEqual(first);
    expect(api.history('generation')).toEqual(['GenerationRequested', 'GenerationCancelled']);
  });

  test('many times at once happens once', async () => {
    await Promise.all(Array.from({ length: 20 }, () => cancel()));
    expect(api.history('generation')).toEqual(['GenerationRequested', 'GenerationCancelled']);
  });

  test('what has ended otherwise is a conflict', async () => {
    await run({ type: 'CompleteGeneration', stored: [storedImage()], lost: [] });
    await expect(cancel()).rejects.toMatchObject(refusal('conflict'));
  });

  test('what ends at the same time has one outcome, and the caller hears which', async () => {
    const [completed, cancelled] = await Promise.allSettled([
      run({ type: 'CompleteGeneration', stored: [storedImage()], lost: [] }),
      cancel(),
    ]);
    expect(completed.status).toBe('fulfilled');
    expect(cancelled).toMatchObject({ status: 'rejected', reason: refusal('conflict') });
  });

  test('what is another tenant’s, unknown, erased or malformed is not found', async () => {
    await expect(cancel('ten_other')).rejects.toMatchObject(refusal('not_found'));
    for (const other of [`req_${'0'.repeat(26)}`, 'req_1', '', '../../etc']) {
      await expect(cancel(tenantId, other)).rejects.toMatchObject(refusal('not_found'));
    }
    await cancel();
    await run({ type: 'EraseGeneration', reason: 'deleted' });
    await expect(cancel()).rejects.toMatchObject(refusal('not_found'));
  });
});
