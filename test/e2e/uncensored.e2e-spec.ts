import { createHmac } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { uuidOfId } from '@imprest/application';
import { sniffImage } from '@imprest/provenance-marking';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ApiClient } from '../support/api-client.js';
import {
  GoldenConversation,
  goldenBytes,
  goldenFiles,
  type Masks,
} from '../support/golden-exchanges.js';
import { ImprestProgram } from '../support/imprest-program.js';
import { LocalHttpServer } from '../support/local-http-server.js';
import { createTenant, type TestTenant } from '../support/tenants.js';

const IMAGES = '/api/v1/images/generations';
const JOBS = '/api/v1/images/generation/jobs';
const ask = { prompt: 'Sunrise over a mountain lake', image_width: 512, image_height: 256 };

describe('the uncensored dialect', () => {
  let program: ImprestProgram;
  let receiver: LocalHttpServer;
  let tenant: TestTenant;
  let client: ApiClient;

  beforeAll(async () => {
    receiver = await LocalHttpServer.start();
    program = await ImprestProgram.create({
      SIMULATOR_TRIAL_FAULTS: 'true',
      SYNC_WAIT_SECONDS: '5',
    });
    await program.start();
    tenant = await createTenant(program.url, program.adminKey, 10_000);
    client = tenant.client;
  });

  afterAll(async () => {
    await program?.dispose();
    await receiver?.stop();
  });

  const available = async () => {
    for (const until = Date.now() + 10_000; ; await sleep(50)) {
      const { body } = await client.get('/v1/balance');
      if (body.held === 0 || Date.now() > until) return body.available as number;
    }
  };

  async function ended(jobId: string) {
    for (const until = Date.now() + 20_000; ; await sleep(50)) {
      const answer = await client.get(`${JOBS}/${jobId}`);
      if (answer.body.status !== 'processing' || Date.now() > until) return answer;
    }
  }

  describe('answers as its golden files say', () => {
    const masks = (): Masks => [
      [new RegExp(`${program.url}/assets/[^"]+`, 'g'), '<image>'],
      [new RegExp(program.url, 'g'), '<base>'],
      [new RegExp(receiver.url, 'g'), '<receiver>'],
      [/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, '<job>'],
      [/(?<="request_id":")[^"]+/g, '<request>'],
      [/\d{4}-\d\d-\d\dT[\d:.]{12}Z/g, '<time>'],
      [/(?<="generation_time":)[\d.]+/g, '"<seconds>"'],
    ];

    it.each(goldenFiles('uncensored'))('$name: $about', async ({ exchanges }) => {
      const { url, adminKey } = program;
      const reading = { scopes: ['generations:read'] };
      const callers = {
        usual: client,
        poor: (await createTenant(url, adminKey, 3)).client,
        reader: (await createTenant(url, adminKey, 100, reading)).client,
        bound: (await createTenant(url, adminKey, 100, { models: ['xSD4.5'] })).client,
        stranger: new ApiClient(url, 'imp_live_unknown'),
      };
      const conversation = new GoldenConversation(callers, masks(), { '<receiver>': receiver.url });
      for (const exchange of exchanges) {
        expect(await conversation.replay(exchange)).toEqual(goldenBytes(exchange.answer));
      }
    });
  });

  it('takes the key as x-api-key and answers with a real picture of the size asked for', async () => {
    const before = await available();
    const { status, headers, body } = await new ApiClient(program.url, 'none').post(
      IMAGES,
      { ...ask, unknown_field: 1 },
      { authorization: '', 'x-api-key': tenant.key },
    );
    expect(status).toBe(200);
    const picture = await fetch(body.url);
    const bytes = new Uint8Array(await picture.arrayBuffer());
    expect(sniffImage(bytes)).toEqual({ mediaType: 'image/png', width: 512, height: 256 });
    expect(headers.get('x-ratelimit-limit')).toBe('1000000');
    expect(await available()).toBe(before - 5);
  });

  it('makes the same picture of the same seed', async () => {
    const body = { ...ask, additional_settings: { seed: 7, sampler: 'any' } };
    const [one, other] = [await client.post(IMAGES, body), await client.post(IMAGES, body)];
    const pixels = async (url: string) => {
      const bytes = Buffer.from(await (await fetch(url)).arrayBuffer());
      // What stands before is the mark with the id of the image.
      return bytes.subarray(bytes.indexOf('IDAT')).toString('base64');
    };
    expect(one.body.job_id).not.toBe(other.body.job_id);
    expect(await pixels(one.body.url)).toBe(await pixels(other.body.url));
  });

  it('charges nothing for what it refuses or fails', async () => {
    const before = await available();
    await client.post(IMAGES, { ...ask, quality: 'low' });
    const failed = await client.post(IMAGES, { ...ask, prompt: 'A boat [fail:user]' });
    expect(failed.body).toMatchObject({ status: 'failed', cost: { tokens: 5, refunded: 5 } });
    expect(await available()).toBe(before);
  });

  it('answers 202 when the work outlives the wait, and the work goes on', async () => {
    const slow = await client.post(IMAGES, { ...ask, prompt: 'A slow river [slow:7000]' });
    expect(slow.status).toBe(202);
    expect(slow.body).toMatchObject({ status: 'processing', webhook_url: null });
    const job = await ended(slow.body.job_id);
    expect(job.body.status).toBe('completed');
  });

  it('tells the callback the job, byte for byte what its status says, signed', async () => {
    const callback_url = `${receiver.url}/hook`;
    for (const prompt of ['A lighthouse', 'A lighthouse [fail:user]']) {
      const accepted = await client.post(IMAGES, { ...ask, prompt, callback_url });
      expect(accepted.status).toBe(202);
      const { job_id, status_url } = accepted.body;
      expect(status_url).toBe(`${program.url}${JOBS}/${job_id}`);
      const { headers, body } = await receiver.next((r) => r.body.includes(job_id));
      expect(body.toString()).toBe((await client.raw('GET', `${JOBS}/${job_id}`)).text);
      const key = Buffer.from(tenant.webhookSecret.slice('whsec_'.length), 'base64');
      const signed = `${headers['webhook-id']}.${headers['webhook-timestamp']}.${body}`;
      const expected = createHmac('sha256', key).update(signed).digest('base64');
      expect(headers['webhook-signature']).toBe(`v1,${expected}`);
      expect(headers).not.toHaveProperty('x-xmode-signature');
    }
  });

  it('loses nothing when the caller hangs up: one job, one debit, found by its key', async () => {
    const before = await available();
    const prompt = 'A windmill at dusk [slow:1500]';
    const headers = { 'x-api-key': tenant.key, 'idempotency-key': 'hung-up-1' };
    const hungUp = fetch(program.url + IMAGES, {
      method: 'POST',
      headers: { ...headers, 'content-type': 'application/json' },
      body: JSON.stringify({ ...ask, prompt }),
      signal: AbortSignal.timeout(500),
    });
    await expect(hungUp).rejects.toThrow();
    const again = await client.post(IMAGES, { ...ask, prompt }, headers);
    expect(again.status).toBe(200);
    expect(again.headers.get('idempotency-replayed')).toBe('true');
    expect(await available()).toBe(before - 5);
  });

  it('shows no job to another tenant, and no generation of another dialect as a job', async () => {
    const { body } = await client.post(IMAGES, ask);
    const other = await createTenant(program.url, program.adminKey, 10);
    expect((await other.client.get(`${JOBS}/${body.job_id}`)).status).toBe(404);
    expect((await client.get(`${JOBS}/not-a-job`)).body.error.code).toBe('not_found');
    const native = { endUserEmail: 'ada@example.com', prompt: ask.prompt, size: '1900x1900' };
    const { requestId } = (await client.post('/v1/generations', native)).body;
    expect((await client.get(`${JOBS}/${uuidOfId(requestId)}`)).status).toBe(404);
  });
});
