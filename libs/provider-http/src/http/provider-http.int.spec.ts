import { ProviderError } from '@imprest/application';
import { FaultyServer, formOf, type StubReply } from '@imprest/testkit/providers';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { multipart } from './multipart.js';
import { ProviderHttp } from './provider-http.js';
import { refusal } from './refusal.js';

let server: FaultyServer;
let http: ProviderHttp;
let reply: StubReply;
const signal = new AbortController().signal;

beforeAll(async () => {
  server = await FaultyServer.start(() => reply);
  http = new ProviderHttp({ provider: 'gpu', url: `${server.url}/`, key: 'a key' });
});
beforeEach(() => {
  reply = { status: 200, body: { ok: true } };
});
afterAll(async () => {
  await http.close();
  await server.close();
});

const get = () => http.send({ method: 'GET', path: '/v1/models?limit=5', signal });

describe('a request to a provider', () => {
  it('carries the key and asks for nothing that would have to be unpacked', async () => {
    const answer = await get();

    expect(await answer.json()).toEqual({ ok: true });
    expect(server.requests.at(-1)?.headers).toMatchObject({
      authorization: 'Bearer a key',
      'accept-encoding': 'identity',
    });
  });

  it('sends forms with files as they are', async () => {
    const bytes = Buffer.from([0, 13, 10, 45, 45, 255]);
    const form = multipart([
      { name: 'prompt', content: 'ein Bergsee bei Föhn' },
      { name: 'image[]', content: bytes, fileName: 'a"b.png', mediaType: 'image/png' },
    ]);
    await (await http.send({ method: 'POST', path: '/', ...form, signal })).discard();
    const asked = server.requests.at(-1);

    expect(asked && formOf(asked)).toEqual({
      fields: { prompt: 'ein Bergsee bei Föhn' },
      files: [{ name: 'image[]', fileName: 'a_b.png', mediaType: 'image/png', bytes }],
    });
  });

  it('follows no redirect', async () => {
    reply = { status: 307, body: {} };
    const answer = await get();

    expect(answer.isSuccess).toBe(false);
    expect(await refusal(answer)).toMatchObject({ failureClass: 'infrastructure' });
  });

  it('takes no answer over the bound', async () => {
    reply = { status: 200, body: 'x'.repeat(100) };

    await expect((await get()).bytes(100)).rejects.toMatchObject({
      failureClass: 'model',
      message: 'gpu GET /v1/models: the answer is over 100 bytes',
    });
  });

  it.each([
    [false, 'infrastructure'],
    [true, 'infrastructure'],
  ])('that cannot be sent has begun no work: %s', async (submits, failureClass) => {
    const nobody = new ProviderHttp({ provider: 'gpu', url: 'http://127.0.0.1:1' });
    const sending = nobody.send({ method: 'POST', path: '/prompt', submits, signal });

    await expect(sending).rejects.toMatchObject({
      failureClass,
      message: 'gpu POST /prompt: cannot be reached (ECONNREFUSED)',
    });
    await nobody.close();
  });

  it.each([
    [false, 'infrastructure'],
    [true, 'unknown'],
  ])('whose answer is cut may have begun work: %s', async (submits, failureClass) => {
    reply = { status: 200, body: 'x'.repeat(100), isWork: true };
    server.fault = 'cut';
    const answer = await http.send({ method: 'POST', path: '/prompt', submits, signal });

    await expect(answer.json()).rejects.toMatchObject({ failureClass });
    server.fault = undefined;
  });
});

describe('a refusal', () => {
  const refused = async (status: number, body: unknown) => {
    reply = { status, body };
    return refusal(await get());
  };

  it.each([
    [400, 'user'],
    [413, 'user'],
    [422, 'user'],
    [401, 'infrastructure'],
    [403, 'infrastructure'],
    [404, 'infrastructure'],
    [409, 'infrastructure'],
    [429, 'infrastructure'],
    [500, 'infrastructure'],
    [503, 'infrastructure'],
  ])('with %i is the fault of: %s', async (status, failureClass) => {
    const error = await refused(status, { error: { message: 'too wide' } });

    expect(error).toBeInstanceOf(ProviderError);
    expect(error).toMatchObject({ failureClass });
  });

  it.each([
    [{ error: { message: 'too wide', type: 'invalid_request_error' } }, 'too wide'],
    [{ error: 'too wide' }, 'too wide'],
    [{ error: { type: 'x' }, message: 'too wide' }, 'too wide'],
    [{ detail: 'too wide' }, 'too wide'],
    [{ detail: [{ loc: ['body', 'size'], msg: 'too wide' }] }, 'body.size: too wide'],
    [[], 'no reason given'],
    ['<html>', 'no reason given'],
  ])('of the shape %j says why', async (body, reason) => {
    expect((await refused(400, body)).message).toBe(`the model refuses the request: ${reason}`);
  });

  it('by the content policy of the model is one of moderation', async () => {
    const error = { message: 'no', code: 'moderation_blocked' };

    expect(await refused(400, { error })).toMatchObject({ failureClass: 'moderation' });
  });
});
