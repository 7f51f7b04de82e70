import { verifyStandardWebhooks, verifyXmode } from '@imprest/sdk/webhooks';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ApiClient } from '../support/api-client.js';
import { ImprestProgram } from '../support/imprest-program.js';
import { LocalHttpServer, type ReceivedRequest } from '../support/local-http-server.js';
import { createTenant } from '../support/tenants.js';

const ENDPOINTS = '/v1/webhook-endpoints';

describe('webhook endpoints', () => {
  let program: ImprestProgram;
  let receiver: LocalHttpServer;
  let client: ApiClient;

  beforeAll(async () => {
    receiver = await LocalHttpServer.start();
    program = await ImprestProgram.create();
    await program.start();
    ({ client } = await createTenant(program.url, program.adminKey, 1_000));
  });
  afterAll(async () => {
    await program?.dispose();
    await receiver?.stop();
  });

  const register = async (path: string, more: object = {}) => {
    const made = await client.post(ENDPOINTS, { url: receiver.url + path, ...more });
    expect(made.status).toBe(201);
    return made.body;
  };
  const generate = async (): Promise<string> => {
    const request = {
      endUserEmail: 'ada@example.com',
      prompt: 'a mountain lake',
      size: '1900x1900',
    };
    const { body } = await client.post('/v1/generations', request);
    await client.outcome(body.requestId);
    return body.requestId;
  };
  /** What a path was told of a generation: `event`, and how it is signed. */
  const told = (path: string, event: string, generationId: string) =>
    receiver.next(
      (request) =>
        request.path === path &&
        request.headers['webhook-event'] === event &&
        request.body.includes(generationId),
    );
  const asWebhook = ({ headers, body }: ReceivedRequest) => ({ headers, rawBody: body });

  it('are told of everything they listen to, each in its scheme, with what GET answers', async () => {
    const headers = { 'x-shop': 'north' };
    const standard = await register('/standard', { headers, ordering: 'generation' });
    const ed25519 = await register('/ed25519', { scheme: 'standard-ed25519' });
    const xmode = await register('/xmode', { scheme: 'xmode', events: ['generation.completed'] });
    expect(ed25519.secret).toBeNull();
    expect(standard.publicKeysUrl).toBeNull();
    const { pathname } = new URL(ed25519.publicKeysUrl);
    const { body: published } = await new ApiClient(program.url, undefined).get(pathname);
    expect(published.keys).toEqual([{ key: ed25519.publicKey, validUntil: null }]);
    const id = await generate();
    const started = await told('/standard', 'generation.started', id);
    const completed = await told('/standard', 'generation.completed', id);
    expect(completed.headers['x-shop']).toBe('north');
    const numbers = [started, completed].map((each) => Number(each.headers['webhook-sequence']));
    expect(numbers[0]).toBeLessThan(numbers[1] as number);
    const record = await client.raw('GET', `/v1/generations/${id}`);
    expect(completed.body.toString()).toBe(record.text);
    verifyStandardWebhooks(asWebhook(completed), standard.secret);
    const signed = await told('/ed25519', 'generation.completed', id);
    verifyStandardWebhooks(asWebhook(signed), ed25519.publicKey);
    verifyXmode(asWebhook(await told('/xmode', 'generation.completed', id)), xmode.secret);
    for (const { id: endpoint } of [standard, ed25519, xmode]) {
      expect((await client.call('DELETE', `${ENDPOINTS}/${endpoint}`)).status).toBe(204);
    }
  });

  it('sign with both secrets while a rotation lasts', async () => {
    const { id: endpoint, secret } = await register('/rotated');
    const rotate = `${ENDPOINTS}/${endpoint}/secret/rotate`;
    const { body: rotated } = await client.post(rotate, { overlapSeconds: 3_600 });
    const shown = (await client.get(`${ENDPOINTS}/${endpoint}`)).body;
    expect(shown.previousKeyValidUntil).toBe(rotated.previousValidUntil);
    expect(JSON.stringify(shown)).not.toContain('whsec_');
    const webhook = asWebhook(await told('/rotated', 'generation.completed', await generate()));
    for (const each of [secret, rotated.secret]) verifyStandardWebhooks(webhook, each);
  });

  it('that answer 410 are disabled, another one hears of it, and what waits comes once they are enabled', async () => {
    const { id: endpoint } = await register('/gone', { events: ['generation.completed'] });
    await register('/watching', { events: ['endpoint.disabled'] });
    receiver.answerWith(({ path }) => ({ status: path === '/gone' ? 410 : 200 }));
    await generate();
    const heard = await receiver.next(({ path }) => path === '/watching');
    expect(JSON.parse(heard.body.toString())).toMatchObject({
      type: 'endpoint.disabled',
      data: { endpointId: endpoint, cause: 'gone' },
    });
    const { body: disabled } = await client.get(`${ENDPOINTS}/${endpoint}`);
    expect(disabled.disabled.cause).toBe('gone');
    const missed = await generate();
    receiver.answerWith(() => ({ status: 200 }));
    const enabled = await client.post(`${ENDPOINTS}/${endpoint}/enable`);
    expect(enabled.body.disabled).toBeNull();
    await told('/gone', 'generation.completed', missed);
  });

  it('are refused where nobody may be called, and where settings leave their bounds', async () => {
    for (const wrong of [
      { url: 'https://169.254.169.254/latest' },
      { url: `${receiver.url}/x`, headers: { host: 'internal' } },
      { url: `${receiver.url}/x`, retryDelays: [0] },
      { url: `${receiver.url}/x`, events: ['generation.eaten'] },
    ]) {
      expect((await client.post(ENDPOINTS, wrong)).status).toBe(400);
    }
    const { id: endpoint } = await register('/changed');
    const moved = { url: 'http://10.0.0.1/' };
    expect((await client.call('PATCH', `${ENDPOINTS}/${endpoint}`, moved)).status).toBe(400);
    const slower = { perSecond: 5, retryDelays: [1, 2] };
    const changed = await client.call('PATCH', `${ENDPOINTS}/${endpoint}`, slower);
    expect(changed.body).toMatchObject({ ...slower, url: `${receiver.url}/changed` });
    const readOnly = await createTenant(program.url, program.adminKey, 0, {
      scopes: ['webhooks:read'],
    });
    expect((await readOnly.client.get(`${ENDPOINTS}/${endpoint}`)).status).toBe(404);
    expect((await readOnly.client.post(ENDPOINTS, { url: receiver.url })).status).toBe(403);
  });
});
