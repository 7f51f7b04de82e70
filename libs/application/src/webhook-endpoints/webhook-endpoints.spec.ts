import { byTest, exampleIds, SubmissionScenario } from '@imprest/testkit';
import { beforeEach, expect, test } from 'vitest';
import { WebhookEndpoints } from './webhook-endpoints.js';

const { tenantId } = exampleIds;
const url = 'https://hooks.example.com/in?token=t0p';
const wanted = { url, scheme: 'xavira', events: ['generation.completed'] } as const;
const refusal = (code: string) => ({ error: { code } });

let api: SubmissionScenario;
let endpoints: WebhookEndpoints;

beforeEach(() => {
  api = new SubmissionScenario();
  endpoints = new WebhookEndpoints(api.process.runner, api.dataKeys, api.clock);
});

test('the secret is shown once, and neither it nor the URL is stored in the clear', async () => {
  const { secret, ...shown } = await endpoints.register(tenantId, wanted, byTest);
  expect(await endpoints.list(tenantId)).toEqual([shown]);
  expect(await endpoints.get(tenantId, shown.id)).toEqual(shown);
  expect(await endpoints.target(tenantId, shown.id)).toEqual({ url, secret, scheme: 'xavira' });
  const stored = JSON.stringify(api.shared.log.events.map(({ data }) => data));
  for (const confidential of [secret, 'hooks.example.com']) {
    expect(stored).not.toContain(confidential);
  }
});

test('what is removed is nowhere any more, and nobody can open its secret', async () => {
  const { id } = await endpoints.register(tenantId, wanted, byTest);
  const keysBefore = api.shared.keys.size;
  await endpoints.remove(tenantId, id, byTest);
  expect(api.shared.keys.size).toBe(keysBefore - 2);
  expect(await endpoints.list(tenantId)).toEqual([]);
  expect(await endpoints.target(tenantId, id)).toBeUndefined();
  await expect(endpoints.remove(tenantId, id, byTest)).rejects.toMatchObject(refusal('not_found'));
});

test('another tenant sees nothing of it', async () => {
  const { id } = await endpoints.register(tenantId, wanted, byTest);
  expect(await endpoints.list('ten_2')).toEqual([]);
  for (const work of [endpoints.get('ten_2', id), endpoints.remove('ten_2', id, byTest)]) {
    await expect(work).rejects.toMatchObject(refusal('not_found'));
  }
});
