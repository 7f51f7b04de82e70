import { createHmac } from 'node:crypto';
import { sniffImage } from '@imprest/provenance-marking';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { answerProblems } from '../support/answer-checker.js';
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

const CHARACTERS = '/v1/characters';
const IMAGES = '/v1/images:generate';
const mira = {
  model_id: 'realistic-sharp',
  name: 'Mira',
  traits: { age: 34, gender: 'female', hair: 'auburn', eyes: 'green' },
};

describe('the xavira dialect', () => {
  let program: ImprestProgram;
  let receiver: LocalHttpServer;
  let tenant: TestTenant;
  let client: ApiClient;
  let character_id: string;

  beforeAll(async () => {
    receiver = await LocalHttpServer.start();
    program = await ImprestProgram.create({
      SIMULATOR_TRIAL_FAULTS: 'true',
      SYNC_WAIT_SECONDS: '5',
      NEW_ACCOUNT_CREDITS: '1',
    });
    await program.start();
    tenant = await createTenant(program.url, program.adminKey, 10_000);
    client = tenant.client;
    const made = await client.post(CHARACTERS, mira);
    expect(answerProblems('createCharacter', made)).toEqual([]);
    character_id = made.body.character_id;
  });

  afterAll(async () => {
    await program?.dispose();
    await receiver?.stop();
  });

  const available = async (of = client) => (await of.get('/v1/balance')).body.available as number;

  describe('answers as its golden files say', () => {
    const masks = (): Masks => [
      [new RegExp(`${program.url}/assets/[^"]+`, 'g'), '<output>'],
      [/chr_[0-9a-z]{26}/g, '<character>'],
      [/req_[0-9a-z]{26}/g, '<generation>'],
      [/whk_[0-9a-z]{26}/g, '<webhook>'],
      [/whsec_[^"]+/g, '<secret>'],
      [new RegExp(receiver.url, 'g'), '<receiver>'],
      [/(?<="request_id":")[^"]+/g, '<request>'],
      [/\d{4}-\d\d-\d\dT[\d:.]{12}Z/g, '<time>'],
    ];

    it.each(goldenFiles('xavira'))('$name: $about', async ({ exchanges }) => {
      const { url, adminKey } = program;
      const reading = { scopes: ['generations:read'] };
      const newcomer = await createTenant(url, adminKey, 0);
      const callers = {
        usual: client,
        newcomer: newcomer.client,
        reader: (await createTenant(url, adminKey, 100, reading)).client,
        bound: (await createTenant(url, adminKey, 100, { models: ['anime'] })).client,
        stranger: new ApiClient(url, 'imp_live_unknown'),
      };
      const conversation = new GoldenConversation(callers, masks(), { '<receiver>': receiver.url });
      for (const exchange of exchanges) {
        expect(await conversation.replay(exchange)).toEqual(goldenBytes(exchange.answer));
      }
    });
  });

  it('waits and answers with a real picture, at a URL for good, for a credit', async () => {
    const before = await available();
    const asked = { character_id, prompt: 'three-quarter portrait', resolution: '448x576' };
    const made = await client.post(IMAGES, asked);
    expect(made.status).toBe(201);
    expect(answerProblems('generateCharacterImage', made)).toEqual([]);
    const bytes = new Uint8Array(await (await fetch(made.body.output_url)).arrayBuffer());
    expect(sniffImage(bytes)).toEqual({ mediaType: 'image/jpeg', width: 448, height: 576 });
    expect(made.body.output_url).toContain('exp=253402300799');
    expect(await available()).toBe(before - 10);
    expect(made.headers.get('x-ratelimit-limit')).toBe('60');
    const path = `/v1/generations/${made.body.generation_id}`;
    expect((await client.get(path)).body).toEqual(made.body);
    const native = await client.get(`${path}?dialect=xmode`);
    expect(native.body).toMatchObject({ status: 'succeeded', model: 'realistic-sharp' });
    expect(answerProblems('getGeneration', native)).toEqual([]);
  });

  it('lets its generations be polled without a limit of the key, and no others', async () => {
    const { url, adminKey } = program;
    const slow = await createTenant(url, adminKey, 100, { requestsPerMinute: 2 });
    const { body: character } = await slow.client.post(CHARACTERS, mira);
    const asked = { character_id: character.character_id, prompt: 'low angle' };
    const made = await slow.client.post(IMAGES, { ...asked, resolution: '256x256' });
    const poll = (id: string) => slow.client.get(`/v1/generations/${id}`);
    const polls = await Promise.all(Array.from({ length: 5 }, () => poll(made.body.generation_id)));
    expect(polls.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200]);
    const unknown = [await poll('req_none'), await poll('req_none'), await poll('req_none')];
    expect(unknown.map(({ status }) => status)).toEqual([404, 404, 429]);
  });

  it('answers a repeat of a key with the first answer, also after the character has changed', async () => {
    const made = (await client.post(CHARACTERS, mira)).body;
    const headers = { 'idempotency-key': 'portrait-1' };
    const asked = { character_id: made.character_id, prompt: 'low angle', resolution: '256x256' };
    const first = await client.post(IMAGES, asked, headers);
    await client.call('PATCH', `${CHARACTERS}/${made.character_id}`, { traits: { hair: 'grey' } });
    const again = await client.post(IMAGES, asked, headers);
    expect(again.body).toEqual(first.body);
    expect(again.headers.get('idempotency-replayed')).toBe('true');
  });

  it('gives every new account its credits, and no more than those', async () => {
    const newcomer = await createTenant(program.url, program.adminKey, 0);
    expect(await available(newcomer.client)).toBe(10);
  });

  it('answers 202 when the work outlives the wait, and the work goes on', async () => {
    const slow = await client.post(IMAGES, {
      character_id,
      prompt: 'at a slow river [slow:5500]',
      resolution: '256x256',
    });
    expect(slow.status).toBe(202);
    expect(answerProblems('generateCharacterImage', slow)).toEqual([]);
    const { generation_id } = slow.body;
    await expect
      .poll(async () => (await client.get(`/v1/generations/${generation_id}`)).body.status, {
        timeout: 15_000,
      })
      .toBe('completed');
  });

  it('lists and deletes characters, for their tenant only', async () => {
    const { client: other } = await createTenant(program.url, program.adminKey, 10);
    const made = (await other.post(CHARACTERS, mira)).body;
    const path = `${CHARACTERS}/${made.character_id}`;
    await expect
      .poll(async () => (await other.get(CHARACTERS)).body)
      .toEqual({ characters: [made], next_cursor: null });
    expect((await client.get(path)).status).toBe(404);
    expect((await client.call('DELETE', path)).status).toBe(404);
    expect((await other.call('DELETE', path)).status).toBe(204);
    expect((await other.get(path)).status).toBe(404);
    await expect.poll(async () => (await other.get(CHARACTERS)).body.characters).toEqual([]);
  });

  it('tells a registered webhook what the status says, signed with its secret, until it is removed', async () => {
    const { body: webhook } = await client.post('/v1/webhooks', { url: `${receiver.url}/all` });
    const asked = { character_id, prompt: 'low angle', resolution: '256x256' };
    const { generation_id } = (await client.post(IMAGES, asked)).body;
    const { headers, body } = await receiver.next((told) => told.body.includes(generation_id));
    const status = await client.raw('GET', `/v1/generations/${generation_id}`);
    expect(body.toString()).toBe(status.text);
    const signed = `${headers['x-xavira-timestamp']}.${body}`;
    const expected = createHmac('sha256', webhook.secret).update(signed).digest('hex');
    expect(headers['x-xavira-signature']).toBe(expected);
    const removed = await client.call('DELETE', `/v1/webhooks/${webhook.webhook_id}`);
    expect(removed.status).toBe(204);
    expect((await client.get('/v1/webhooks')).body).toEqual({ webhooks: [] });
  });
});
