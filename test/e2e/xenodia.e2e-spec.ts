import { fileURLToPath } from 'node:url';
import { sniffImage } from '@imprest/provenance-marking';
import OpenAI, { toFile } from 'openai';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { answerProblems } from '../support/answer-checker.js';
import { type Answer, ApiClient } from '../support/api-client.js';
import {
  GoldenConversation,
  goldenBytes,
  goldenFiles,
  type Masks,
} from '../support/golden-exchanges.js';
import { ImprestProgram } from '../support/imprest-program.js';
import { createTenant, type TestTenant } from '../support/tenants.js';

const PATH = '/v1/images/generations';
const boat = { prompt: 'A paper boat on a pond', size: '256x256' } as const;
const folder = new URL('../../apps/api/src/dialects/xenodia/golden/', import.meta.url);
describe('the OpenAI dialect', () => {
  let program: ImprestProgram;
  let tenant: TestTenant;
  let openai: OpenAI;

  beforeAll(async () => {
    program = await ImprestProgram.create({
      SIMULATOR_TRIAL_FAULTS: 'true',
      WORKER_SLOTS: '2',
      SYNC_WAIT_SECONDS: '8',
      IMPREST_MODELS: fileURLToPath(new URL('models.yaml', folder)),
    });
    await program.start();
    tenant = await createTenant(program.url, program.adminKey, 10_000);
    openai = new OpenAI({ apiKey: tenant.key, baseURL: `${program.url}/v1`, maxRetries: 0 });
  });

  afterAll(async () => {
    await program?.dispose();
  });

  const available = async () => (await tenant.client.get('/v1/balance')).body.available as number;

  async function task(id: string): Promise<Answer> {
    const deadline = Date.now() + 30_000;
    for (;;) {
      const answer = await tenant.client.get(`/v1/tasks/${id}`);
      if (['success', 'failed'].includes(answer.body.state)) return answer;
      if (Date.now() > deadline) throw new Error(`${id} is still ${answer.body.state}`);
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }

  describe('to its own client', () => {
    it('gives images of the size asked for, at their price', async () => {
      const before = await available();
      const { created, data } = await openai.images.generate({ ...boat, n: 2 } as never);
      expect(created).toBeGreaterThan(1_700_000_000);
      expect(data).toHaveLength(2);
      const picture = await fetch(data?.[0]?.url ?? '');
      expect(sniffImage(new Uint8Array(await picture.arrayBuffer()))).toEqual({
        mediaType: 'image/png',
        width: 256,
        height: 256,
      });
      expect(before - (await available())).toBe(20);
    });

    it('gives images in the answer itself', async () => {
      const asked = { ...boat, response_format: 'b64_json' } as const;
      const { data } = await openai.images.generate(asked as never);
      const bytes = Buffer.from(data?.[0]?.b64_json ?? '', 'base64');
      expect(sniffImage(bytes)).toMatchObject({ width: 256, height: 256 });
    });

    it('lists the models and shows one of them', async () => {
      const ids: string[] = [];
      for await (const model of openai.models.list()) ids.push(model.id);
      expect(ids).toContain('xSD4.5');
      const model = await openai.models.retrieve('xSD4.5');
      expect(model).toMatchObject({ object: 'model', capabilities: { max_references: 10 } });
    });

    it('gives errors as the classes that it knows them by', async () => {
      const generate = (body: object, client = openai) => client.images.generate(body as never);
      const wrongKey = new OpenAI({ apiKey: 'nonsense', baseURL: openai.baseURL, maxRetries: 0 });
      await expect(generate(boat, wrongKey)).rejects.toBeInstanceOf(OpenAI.AuthenticationError);
      const unknown = generate({ ...boat, model: 'dall-e-9' });
      await expect(unknown).rejects.toBeInstanceOf(OpenAI.BadRequestError);
      await expect(unknown).rejects.toMatchObject({ param: 'model', code: 'invalid_value' });
      const missing = openai.models.retrieve('gpt-9');
      await expect(missing).rejects.toBeInstanceOf(OpenAI.NotFoundError);
    });

    it('lets it repeat what may pass, and stop at what will not', async () => {
      const calls: number[] = [];
      const counting: typeof fetch = async (...request) => {
        const response = await fetch(...request);
        calls.push(response.status);
        return response;
      };
      const patient = new OpenAI({
        apiKey: tenant.key,
        baseURL: openai.baseURL,
        maxRetries: 2,
        fetch: counting,
      });
      const headers = { 'idempotency-key': 'patient' };
      await patient.images.generate(boat as never, { headers });
      const other = patient.images.generate({ ...boat, n: 2 } as never, { headers });
      await expect(other).rejects.toBeInstanceOf(OpenAI.ConflictError);
      expect(calls).toEqual([200, 409]);
      const hasty = await createTenant(program.url, program.adminKey, 100, {
        requestsPerMinute: 1,
      });
      calls.length = 0;
      const limited = new OpenAI({
        apiKey: hasty.key,
        baseURL: openai.baseURL,
        maxRetries: 1,
        fetch: async (url, init) => {
          const response = await counting(url, init);
          const headers = new Headers(response.headers);
          // The minute that it would wait for is of no use to this test.
          if (headers.has('retry-after')) headers.set('retry-after', '0.1');
          return new Response(response.body, { status: response.status, headers });
        },
      });
      await limited.images.generate(boat as never);
      const second = limited.images.generate(boat as never);
      await expect(second).rejects.toBeInstanceOf(OpenAI.RateLimitError);
      expect(calls).toEqual([200, 429, 429]);
    });
  });

  describe('with reference images', () => {
    let png: Buffer;

    beforeAll(async () => {
      const { data } = await openai.images.generate({
        ...boat,
        response_format: 'b64_json',
      } as never);
      png = Buffer.from(data?.[0]?.b64_json ?? '', 'base64');
    });

    const upload = async (
      path: string,
      fields: object,
      files: readonly Buffer[],
      name: string,
    ): Promise<Answer> => {
      const form = new FormData();
      for (const [field, value] of Object.entries(fields)) form.append(field, String(value));
      for (const file of files) form.append(name, new Blob([new Uint8Array(file)]), 'a.png');
      const response = await fetch(program.url + path, {
        method: 'POST',
        headers: { authorization: `Bearer ${tenant.key}` },
        body: form,
      });
      return { status: response.status, headers: response.headers, body: await response.json() };
    };

    it('lets its own client edit', async () => {
      const image = await toFile(png, 'boat.png', { type: 'image/png' });
      const asked = { image: [image, image], prompt: 'The boat of image_1 at night' } as const;
      const { data } = await openai.images.edit({ ...asked, size: '256x256' } as never);
      const picture = await fetch(data?.[0]?.url ?? '');
      expect(sniffImage(new Uint8Array(await picture.arrayBuffer()))).toMatchObject({ width: 256 });
      const mask = await toFile(png, 'mask.png', { type: 'image/png' });
      const masked = openai.images.edit({ ...asked, mask } as never);
      await expect(masked).rejects.toMatchObject({ status: 400, param: 'mask' });
    });

    it('takes forms with files, and their fields mean what they mean in JSON', async () => {
      const before = await available();
      const fields = { ...boat, n: 2, async: true };
      const answer = await upload(PATH, fields, [png], 'image[]');
      expect(answer.status).toBe(202);
      expect(answerProblems('createImages', answer)).toEqual([]);
      const { body } = await task(answer.body.task_id);
      expect(body).toMatchObject({ state: 'success', cost: { tokens: 20 } });
      expect(before - (await available())).toBe(20);
    });

    it('takes one that was uploaded before, in every dialect, from its own tenant', async () => {
      const first = await upload('/v1/references', {}, [png], 'file');
      const second = await upload('/v1/references', {}, [png], 'file');
      expect(answerProblems('uploadReference', first)).toEqual([]);
      expect(second).toMatchObject({ status: 200, body: { id: first.body.id, width: 256 } });
      const { id } = second.body;
      const mine = await tenant.client.post(PATH, { ...boat, image_input: [id] });
      expect(mine.status).toBe(200);
      const native = { endUserEmail: 'ada@example.com', ...boat, size: '1900x1900' };
      const asked = { ...native, references: id };
      const receipt = await tenant.client.post('/v1/generations', asked);
      const record = await tenant.client.outcome(receipt.body.requestId);
      expect(record.body).toMatchObject({ status: 'succeeded', input: { references: [id] } });
      const other = await createTenant(program.url, program.adminKey, 100);
      const foreign = await other.client.post(PATH, { ...boat, image_input: [id] });
      expect(foreign).toMatchObject({ status: 400, body: { error: { param: 'image_input[0]' } } });
      expect((await other.client.call('DELETE', `/v1/references/${id}`)).status).toBe(404);
      expect((await tenant.client.call('DELETE', `/v1/references/${id}`)).status).toBe(204);
      const erased = await tenant.client.post(PATH, { ...boat, image_input: [id] });
      expect(erased.status).toBe(400);
    });

    it('refuses one whose consent was withdrawn, also when it is uploaded again', async () => {
      const { client } = tenant;
      const { id } = (await upload('/v1/references', {}, [png], 'file')).body;
      const path = `/v1/references/${id}`;
      expect((await client.get(path)).body).toMatchObject({
        mediaType: 'image/png',
        consent: null,
      });
      const statement = { person: 'Ines Example', statement: 'For the catalogue.' };
      const grantedAt = '2025-01-10T10:00:00+01:00';
      const record = (more: object) =>
        client.call('PUT', `${path}/consent`, { ...statement, grantedAt, ...more });
      expect((await record({ expiresAt: '2026-W10-1' })).status).toBe(400);
      for (let i = 0; i < 2; i += 1) {
        const { status, body } = await record({ document: 'Folder 12' });
        const known = { state: 'in_force', basis: 'signed_document', ...statement };
        const consent = { ...known, grantedAt: '2025-01-10T09:00:00.000Z', expiresAt: null };
        expect({ status, consent: body.consent }).toMatchObject({ status: 200, consent });
      }
      expect((await record({ document: 'Folder 13' })).status).toBe(409);
      const used = { ...boat, image_input: [id] };
      expect((await client.post(PATH, used)).status).toBe(200);
      const withdrawn = await client.call('DELETE', `${path}/consent?reason=asked%20for`);
      expect(withdrawn.status).toBe(204);
      await upload('/v1/references', {}, [png], 'file');
      const refused = await client.post(PATH, used);
      expect(refused).toMatchObject({ status: 400, body: { error: { param: 'image_input[0]' } } });
      const consent = { state: 'withdrawn', person: null, statement: null, document: null };
      expect((await client.get(path)).body).toMatchObject({ mediaType: 'image/png', consent });
    });

    it.each([
      ['what is no image', [Buffer.from('text')], 'image', 400],
      ['a file that is too large', [Buffer.alloc(10 * 1024 * 1024 + 1)], 'image', 413],
      ['no file where one is needed', [], 'image', 400],
    ])('refuses %s', async (_, files, name, status) => {
      const answer = await upload('/v1/images/edits', boat, files, name);
      expect(answer.status).toBe(status);
      expect(answerProblems('editImages', answer)).toEqual([]);
    });

    it('takes forms on no other route', async () => {
      // As one piece with its length: who streams a form may find the connection closed before the answer.
      const boundary = 'form-of-a-boat';
      const answer = await fetch(`${program.url}/v1/generations`, {
        method: 'POST',
        headers: {
          authorization: `Bearer ${tenant.key}`,
          'content-type': `multipart/form-data; boundary=${boundary}`,
        },
        body: `--${boundary}\r\ncontent-disposition: form-data; name="prompt"\r\n\r\nA boat\r\n--${boundary}--\r\n`,
      });
      expect(answer.status).toBe(415);
    });
  });

  it('gives a repeat of a key the first answer, byte for byte, and debits once', async () => {
    const before = await available();
    const key = { 'idempotency-key': 'repeat' };
    const first = await tenant.client.post(PATH, boat, key);
    const second = await tenant.client.post(PATH, boat, key);
    expect(second.body).toEqual(first.body);
    expect(first.headers.get('idempotency-replayed')).toBeNull();
    expect(second.headers.get('idempotency-replayed')).toBe('true');
    expect(before - (await available())).toBe(10);
  });

  it('answers with a task when the wait is over, and the work goes on', async () => {
    const slow = { ...boat, prompt: 'A paper boat [slow:9500]' };
    const answer = await tenant.client.post(PATH, slow);
    expect(answer.status).toBe(202);
    expect((await task(answer.body.task_id)).body).toMatchObject({
      state: 'success',
      cost: { tokens: 10, refunded: 0 },
    });
  });

  it('loses nothing of a caller who hangs up', async () => {
    const before = await available();
    const key = { 'idempotency-key': 'hung-up' };
    const body = { ...boat, prompt: 'A paper boat [slow:1500]' };
    const gone = fetch(program.url + PATH, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${tenant.key}`,
        'content-type': 'application/json',
        ...key,
      },
      body: JSON.stringify(body),
      signal: AbortSignal.timeout(700),
    });
    await expect(gone).rejects.toThrow();
    const found = await tenant.client.post(PATH, body, key);
    expect(found.status).toBe(200);
    expect(found.headers.get('idempotency-replayed')).toBe('true');
    expect(before - (await available())).toBe(10);
  });

  it('keeps tasks from other tenants', async () => {
    const { body } = await tenant.client.post(PATH, { ...boat, async: true });
    const other = await createTenant(program.url, program.adminKey, 0);
    expect((await other.client.get(`/v1/tasks/${body.task_id}`)).status).toBe(404);
  });

  describe('answers as its golden files say', () => {
    const masks: Masks = [
      [/(?<=")https?:\/\/[^"/]+\/assets\/[^"]+/g, '<url>'],
      [/(?<="b64_json":")[A-Za-z0-9+/=]+/g, '<base64>'],
      [/\btask_[0-9a-z]{26}\b/g, 'task_<id>'],
      [/(?<="(created|created_at|finished_at)":)[1-9]\d{9}\b/g, '"<seconds>"'],
    ];
    const known: Record<string, string> = {};
    let callers: Readonly<Record<string, ApiClient>>;

    beforeAll(async () => {
      const { url, adminKey } = program;
      const [poor, limited, reader] = await Promise.all([
        createTenant(url, adminKey, 4),
        createTenant(url, adminKey, 100, { requestsPerMinute: 1 }),
        createTenant(url, adminKey, 0, { scopes: ['generations:read'], requestsPerMinute: 500 }),
      ]);
      await limited.client.post(PATH, {});
      callers = {
        usual: tenant.client,
        poor: poor.client,
        limited: limited.client,
        reader: reader.client,
        nobody: new ApiClient(url, undefined),
      };
      const conflicting = { 'idempotency-key': 'golden-conflict' };
      const ask = (prompt: string, headers = {}) =>
        tenant.client.post(PATH, { ...boat, prompt, async: true }, headers);
      const succeeded = (await ask('A paper boat', conflicting)).body.task_id;
      const failed = (await ask('A paper boat [fail:user]')).body.task_id;
      const cancelled = (await ask('A paper boat [slow:20000]')).body.task_id;
      await Promise.all([task(succeeded), task(failed)]);
      await tenant.client.post(`/v1/generations/${cancelled.replace('task_', 'req_')}/cancel`);
      Object.assign(known, {
        '{succeeded}': succeeded,
        '{failed}': failed,
        '{cancelled}': cancelled,
      });
    });

    it.each(goldenFiles('xenodia'))('$name: $about', async ({ exchanges }) => {
      const conversation = new GoldenConversation(callers, masks, known);
      for (const exchange of exchanges) {
        expect(await conversation.replay(exchange)).toEqual(goldenBytes(exchange.answer));
      }
    });
  });
});
