import { hash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { initSync, WasmReader } from '@contentauth/c2pa-wasm';
import { readXmp, sniffOutput } from '@imprest/provenance-marking';
import { ModerationStub } from '@imprest/testkit';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { ApiClient } from '../support/api-client.js';
import { ImprestProgram } from '../support/imprest-program.js';
import { createTenant, type TestTenant } from '../support/tenants.js';

const ask = { endUserEmail: 'ada@example.com', prompt: 'A paper boat', size: '1900x1900' };

async function fetched(url: string): Promise<Uint8Array> {
  const response = await fetch(url);
  expect(response.status).toBe(200);
  return new Uint8Array(await response.arrayBuffer());
}

describe('what the running program hands out', () => {
  let readers: ModerationStub;
  let viewers: ModerationStub;
  let program: ImprestProgram;
  let tenant: TestTenant;

  beforeAll(async () => {
    const wasm = new URL(import.meta.resolve('@contentauth/c2pa-wasm/c2pa.wasm'));
    initSync({ module: readFileSync(wasm) });
    [readers, viewers] = [await ModerationStub.start(), await ModerationStub.start()];
    readers.words.set('forbidden-landscape', 'violence');
    program = await ImprestProgram.create({
      IMPREST_PROMPT_MODERATION_URL: readers.url,
      IMPREST_PROMPT_MODERATION_KEY: readers.key,
      IMPREST_OUTPUT_MODERATION_URL: viewers.url,
      IMPREST_OUTPUT_MODERATION_KEY: viewers.key,
      IMPREST_OUTPUT_MODERATION_REVIEW: 'violence',
      IMPREST_OUTPUT_HASH_MATCH_URL: `${viewers.url}/match`,
      IMPREST_OUTPUT_HASH_MATCH_KEY: viewers.key,
    });
    await program.start();
    tenant = await createTenant(program.url, program.adminKey, 1_000);
  });
  beforeEach(() => {
    viewers.everywhere = undefined;
    for (const stub of [readers, viewers]) stub.server.fault = undefined;
  });
  afterAll(async () => {
    await program?.dispose();
    await Promise.all([readers?.close(), viewers?.close()]);
  });

  const requested = async (more: object = {}): Promise<string> => {
    const { status, body } = await tenant.client.post('/v1/generations', { ...ask, ...more });
    expect(status).toBe(202);
    return body.requestId;
  };

  it('is marked, signed, named by its hash, and shown small', async () => {
    const { images } = (await tenant.client.outcome(await requested())).body;

    const bytes = await fetched(images[0].url);
    expect(hash('sha256', bytes)).toBe(images[0].sha256);
    expect(readXmp(bytes, 'image/png')).toContain('trainedAlgorithmicMedia');
    const reader = await WasmReader.fromBytes('image/png', bytes);
    const { validation_state: state, validation_status: found } = JSON.parse(reader.json());
    expect([state, found]).toEqual([
      'Valid',
      [expect.objectContaining({ code: 'signingCredential.untrusted' })],
    ]);
    const small = sniffOutput(await fetched(images[0].thumbnailUrl));
    expect(small).toMatchObject({ mediaType: 'image/webp', width: 512, height: 512 });
  });

  it('was allowed by the classifier: what it objects to is neither kept nor charged', async () => {
    viewers.everywhere = 'violence/graphic';
    const before = (await tenant.client.get('/v1/balance')).body.available;

    const { body: record } = await tenant.client.outcome(await requested());

    expect(record).toMatchObject({ status: 'failed', error: { code: 'content_policy' } });
    await expect
      .poll(async () => (await tenant.client.get('/v1/balance')).body, { timeout: 10_000 })
      .toMatchObject({ available: before, held: 0 });
  });

  it('waits for a moderator where a person decides: refunded at once, seen blurred, and as it is for a reason', async () => {
    viewers.everywhere = 'violence';
    const admin = new ApiClient(program.url, program.adminKey);
    const id = await requested();
    const { body: record } = await tenant.client.outcome(id);
    expect(record).toMatchObject({ status: 'failed', error: { code: 'content_policy' } });

    const cases = '/admin/v1/moderation/cases';
    const queue = `${cases}?state=open&sort=dueAt&tenantId=${tenant.id}`;
    await expect
      .poll(async () => (await admin.get(queue)).body.cases, { timeout: 20_000 })
      .toMatchObject([{ generationId: id, grounds: 'review', category: 'violence' }]);
    const [found] = (await admin.get(queue)).body.cases;
    const media = `${cases}/${found.id}/media/${found.media[0].assetId}`;
    const fetchedByAdmin = (path: string) =>
      fetch(program.url + path, { headers: { 'x-api-key': program.adminKey } });

    const blurred = await fetchedByAdmin(media);
    expect([blurred.status, blurred.headers.get('cache-control')]).toEqual([200, 'no-store']);
    const small = sniffOutput(new Uint8Array(await blurred.arrayBuffer()));
    expect(small).toMatchObject({ mediaType: 'image/webp', width: 160, height: 160 });
    const unblurred = await admin.post(`${media}/unblur`, { reason: 'the blur hides it' });
    const clear = await fetchedByAdmin(unblurred.body.path);
    const seen = sniffOutput(new Uint8Array(await clear.arrayBuffer()));
    expect(seen).toMatchObject({ mediaType: 'image/webp', width: 1_024, height: 1_024 });
    expect((await fetchedByAdmin(`${unblurred.body.path.slice(0, -1)}_`)).status).toBe(403);

    const decision = { decision: 'block_end_user', reason: 'violence' };
    const decided = await admin.post(`${cases}/${found.id}/decision`, decision);
    expect(decided.body).toMatchObject({ state: 'decided', unblurred: 1 });
    expect(decided.body.endUserBlocked).toBe('moderation: violence');
    const endUser = `/v1/end-users/${encodeURIComponent(ask.endUserEmail)}`;
    await expect
      .poll(async () => (await tenant.client.get(endUser)).body, { timeout: 10_000 })
      .toMatchObject({ blockedReason: "blocked by the operator's moderation" });
    const reopening = { reason: 'appeal', note: 'it is a weather map' };
    await admin.post(`${cases}/${found.id}/reopen`, reopening);
    const approval = { decision: 'approve', reason: 'mistaken_classification' };
    const approved = await admin.post(`${cases}/${found.id}/decision`, approval);
    expect(approved.body.endUserBlocked).toBeNull();
    expect(approved.body.media).toMatchObject([{ state: 'preview' }]);
    await tenant.client.call('DELETE', `/v1/generations/${id}`);
    expect((await admin.get(`${cases}/${found.id}`)).body.media).toMatchObject([{ state: 'gone' }]);
  });

  it('waits for a classifier that is down, and is not made anew for it', async () => {
    viewers.server.fault = 'broken';
    const asked = viewers.server.requests.length;
    const id = await requested();
    await expect
      .poll(() => viewers.server.requests.length, { timeout: 20_000 })
      .toBeGreaterThan(asked + 1);
    viewers.server.fault = undefined;

    expect((await tenant.client.outcome(id)).body).toMatchObject({ status: 'succeeded' });
    const { charge } = (await tenant.client.get(`/v1/generations/${id}/proof`)).body;
    expect(charge.attempts).toEqual([expect.objectContaining({ attempt: 1, failure: null })]);
  });

  it('was asked for in words that the classifier allows', async () => {
    const prompt = 'a forbidden-landscape';

    const { status, body } = await tenant.client.post('/v1/generations', { ...ask, prompt });

    expect([status, body.error.code]).toEqual([422, 'content_policy']);
    expect(JSON.stringify(body)).not.toContain('forbidden');
    readers.server.fault = 'broken';
    expect((await tenant.client.post('/v1/generations', ask)).status).toBe(503);
  });
});
