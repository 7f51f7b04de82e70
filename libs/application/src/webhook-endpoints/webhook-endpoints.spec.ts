import { byTest, exampleIds, SubmissionScenario } from '@imprest/testkit';
import { beforeEach, describe, expect, test } from 'vitest';
import { WebhookEndpoints } from './webhook-endpoints.js';

const { tenantId } = exampleIds;
const url = 'https://hooks.example.com/in?token=t0p';
const wanted = { url, scheme: 'standard', events: ['generation.completed'] } as const;
const refusal = (code: string) => ({ error: { code } });

let api: SubmissionScenario;
let endpoints: WebhookEndpoints;

beforeEach(() => {
  api = new SubmissionScenario();
  endpoints = new WebhookEndpoints(api.process.runner, api.dataKeys, api.clock);
});

const register = async (more: object = {}) =>
  endpoints.register(tenantId, { ...wanted, ...more }, byTest);
const secretsOf = async (id: string) => (await endpoints.target(tenantId, id))?.secrets;

test('the secret is shown once, and neither it nor URL and headers are stored in the clear', async () => {
  const headers = { 'X-Shop': 'north-4711' };
  const { secret, publicKey, ...shown } = await register({ headers });
  expect(shown).toMatchObject({ url, headers: { 'x-shop': 'north-4711' }, concurrency: 32 });
  expect(publicKey).toBeNull();
  expect(await endpoints.list(tenantId)).toEqual([shown]);
  expect(await endpoints.get(tenantId, shown.id)).toEqual(shown);
  expect(await secretsOf(shown.id)).toEqual([secret]);
  const stored = JSON.stringify(api.shared.log.events.map(({ data }) => data));
  for (const confidential of [secret as string, 'hooks.example.com', 'north-4711']) {
    expect(stored).not.toContain(confidential);
  }
});

test('what is removed is nowhere any more, and nobody can open its secret', async () => {
  const keysBefore = api.shared.keys.size;
  const { id } = await register({ headers: { 'x-shop': 'north' } });
  await endpoints.rotateSecret(tenantId, id, 60, byTest);
  await endpoints.remove(tenantId, id, byTest);
  expect(api.shared.keys.size).toBe(keysBefore);
  expect(await endpoints.list(tenantId)).toEqual([]);
  expect(await endpoints.target(tenantId, id)).toBeUndefined();
  await expect(endpoints.remove(tenantId, id, byTest)).rejects.toMatchObject(refusal('not_found'));
});

test('another tenant sees and changes nothing of it', async () => {
  const { id } = await register();
  expect(await endpoints.list('ten_2')).toEqual([]);
  const works = [
    endpoints.get('ten_2', id),
    endpoints.remove('ten_2', id, byTest),
    endpoints.change('ten_2', id, { url }, byTest),
    endpoints.rotateSecret('ten_2', id, 60, byTest),
    endpoints.disable('ten_2', id, 'asked', 'mine', byTest),
    endpoints.enable('ten_2', id, byTest),
  ];
  for (const work of works) await expect(work).rejects.toMatchObject(refusal('not_found'));
});

test('a change keeps what it does not name, and destroys the keys of what it replaces', async () => {
  const { id } = await register({ headers: { 'x-shop': 'north' }, perSecond: 5 });
  const keysBefore = api.shared.keys.size;
  const moved = 'https://hooks.example.com/elsewhere';
  const changed = await endpoints.change(tenantId, id, { url: moved, headers: {} }, byTest);
  expect(changed).toMatchObject({ url: moved, headers: {}, perSecond: 5, events: wanted.events });
  expect(api.shared.keys.size).toBe(keysBefore - 1);
});

test.each([
  { headers: { Host: 'internal' } },
  { headers: { authorization: 'Bearer t0p' } },
  { headers: { 'transfer-encoding': 'chunked' } },
  { headers: { 'x-forwarded-for': '127.0.0.1' } },
  { headers: { 'x-xmode-signature': 'v1=00' } },
  { headers: { 'webhook-signature': 'v1,00' } },
  { headers: { 'x-a': 'b\r\nx-c: d' } },
  { headers: { 'x-a': '' } },
  { headers: { 'x-a': 1 } },
  { headers: Object.fromEntries(Array.from({ length: 9 }, (_, n) => [`x-${n}`, 'a'])) },
  { concurrency: 0 },
])('what must not be sent along is refused, and leaves no key behind: %j', async (wrong) => {
  const keysBefore = api.shared.keys.size;
  await expect(register(wrong)).rejects.toMatchObject(refusal('validation_error'));
  expect(api.shared.keys.size).toBe(keysBefore);
});

describe('a secret that is rotated', () => {
  test('signs along until the overlap ends', async () => {
    const { id, secret } = await register();
    const rotated = await endpoints.rotateSecret(tenantId, id, 60, byTest);
    expect(await secretsOf(id)).toEqual([rotated.secret, secret]);
    expect(await endpoints.get(tenantId, id)).toMatchObject({
      previousKeyValidUntil: rotated.previousValidUntil,
    });
    api.clock.advance(60_000);
    expect(await secretsOf(id)).toEqual([rotated.secret]);
  });

  test('stops at once where there is room for one signature', async () => {
    const { id } = await register({ scheme: 'xavira' });
    const { secret } = await endpoints.rotateSecret(tenantId, id, 60, byTest);
    expect(await secretsOf(id)).toEqual([secret]);
  });

  test('is a key pair of its own for Ed25519, of which the public half is shown', async () => {
    const { id, secret, publicKey } = await register({ scheme: 'standard-ed25519' });
    expect([secret, publicKey]).toEqual([null, expect.stringMatching(/^whpk_/)]);
    const rotated = await endpoints.rotateSecret(tenantId, id, 60, byTest);
    const { publicKeys } = await endpoints.get(tenantId, id);
    expect(publicKeys).toEqual([
      { key: rotated.publicKey, validUntil: null },
      { key: publicKey, validUntil: rotated.previousValidUntil },
    ]);
    expect(await secretsOf(id)).toHaveLength(2);
  });
});

test('one that is disabled says why, and is a target that is not to be called', async () => {
  const { id } = await register();
  await endpoints.disable(tenantId, id, 'gone', 'it answered 410', byTest);
  expect(await endpoints.get(tenantId, id)).toMatchObject({
    disabled: { cause: 'gone', reason: 'it answered 410' },
  });
  expect(await endpoints.target(tenantId, id)).toMatchObject({ isDisabled: true });
  await endpoints.enable(tenantId, id, byTest);
  expect(await endpoints.get(tenantId, id)).toMatchObject({ disabled: null });
});
