import { exampleIds, openAccount, SubmissionScenario } from '@imprest/testkit';
import { beforeEach, expect, test } from 'vitest';
import { loadGeneration } from './load-generation.js';

let api: SubmissionScenario;

beforeEach(async () => {
  api = new SubmissionScenario();
  await openAccount(api.process.runner, 1_000n, exampleIds.tenantId);
});

test('a request states by when its work must have begun and ended', async () => {
  const { id } = await api.submit({ deadlines: { startBy: 60 } });

  const startBy = new Date(api.clock.now().getTime() + 60_000).toISOString();
  expect((await loadGeneration(api.process.store, id))?.deadlines).toEqual({
    startBy,
    finishBy: null,
  });
});

test('a deadline that breaks a rule is refused before anything is written or held', async () => {
  const before = api.history('generation').length + api.history('tokenAccount').length;

  await expect(
    api.submit({ deadlines: { finishBy: '2020-01-01T00:00:00Z' } }),
  ).rejects.toMatchObject({ error: { code: 'validation_error', field: 'finishBy' } });
  expect(api.history('generation').length + api.history('tokenAccount').length).toBe(before);
});

test('a repeat under its key is one, however late; other deadlines are another request', async () => {
  const once = { idempotencyKey: 'k1' };
  const finishBy = new Date(api.clock.now().getTime() + 60_000).toISOString();
  const first = await api.submit({ deadlines: { finishBy } }, once);

  api.clock.advance(120_000);
  expect(await api.submit({ deadlines: { finishBy } }, once)).toMatchObject({
    id: first.id,
    replayed: true,
  });
  await expect(api.submit({ deadlines: { finishBy: 60 } }, once)).rejects.toMatchObject({
    error: { code: 'conflict' },
  });
});
