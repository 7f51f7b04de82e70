import { gunzipSync } from 'node:zlib';
import fastify from 'fastify';
import { afterAll, describe, expect, it } from 'vitest';
import { textStream } from './text-stream.js';

const app = fastify();
let read = 0;
app.get('/whole', (_, reply) => {
  async function* texts() {
    for (read = 0; read < 3; read += 1) yield `line ${read}\n`;
  }
  return reply.send(textStream(reply, texts()));
});
app.get('/broken', (_, reply) => {
  async function* texts() {
    yield 'a beginning\n'.repeat(100_000);
    await new Promise((resolve) => setTimeout(resolve, 50));
    throw new Error('the books are out of reach');
  }
  return reply.send(textStream(reply, texts()));
});
app.get('/refused', (_, reply) => {
  // biome-ignore lint/correctness/useYield: it fails before it can
  async function* texts(): AsyncGenerator<string> {
    throw new Error('the books are out of reach');
  }
  return reply.send(textStream(reply, texts()));
});
afterAll(() => app.close());

const get = (url: string, encoding: string) =>
  app.inject({ url, headers: { 'accept-encoding': encoding } });

describe('a stream of texts', () => {
  it('comes as it is', async () => {
    const { body, headers } = await get('/whole', 'gzip;q=0');
    expect(body).toBe('line 0\nline 1\nline 2\n');
    expect(headers).toMatchObject({ vary: 'accept-encoding' });
    expect(headers).not.toHaveProperty('content-encoding');
  });

  it('comes compressed where that is taken', async () => {
    const { rawPayload, headers } = await get('/whole', 'br, gzip');
    expect(headers['content-encoding']).toBe('gzip');
    expect(gunzipSync(rawPayload).toString()).toBe('line 0\nline 1\nline 2\n');
  });

  it('is an error like others when it fails before it begins', async () => {
    const answer = await get('/refused', 'gzip');
    expect(answer.statusCode).toBe(500);
    expect(answer.headers).not.toHaveProperty('content-encoding');
    expect(answer.json()).toMatchObject({ message: 'the books are out of reach' });
  });

  it.each(['identity', 'gzip'])('is cut off by a failure, never ended (%s)', async (encoding) => {
    await expect(get('/broken', encoding)).rejects.toThrow();
  });
});
