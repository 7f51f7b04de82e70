import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Agent, request } from 'undici';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { AddressPolicy } from './address-policy.js';
import { createGuardedAgent } from './guarded-agent.js';
import { HOSTILE_URLS, NOT_PUBLIC } from './hostile-targets.fixtures.js';
import { GuardedNameResolution } from './name-resolution.js';

/** The last line of defence alone: no URL is judged before it reaches the socket. */
describe('a connection', () => {
  let connections = 0;
  const server = createServer((_request, response) => response.end('inside'));
  server.on('connection', () => {
    connections += 1;
  });
  let port = 0;
  const guarded = createGuardedAgent({
    names: new GuardedNameResolution(new AddressPolicy([]), [], async () => ['127.0.0.1']),
    connections: 1,
    connectTimeoutMs: 1_000,
    trustedCertificates: [],
  });

  beforeAll(async () => {
    await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
    port = (server.address() as AddressInfo).port;
  });
  afterAll(async () => {
    await guarded.close();
    await new Promise((closed) => server.close(closed));
  });

  it.each([
    '127.0.0.1',
    '127.1',
    '2130706433',
    '0x7f.1',
    '0.0.0.0',
    '[::1]',
    '[::ffff:127.0.0.1]',
    '[::ffff:7f00:1]',
    'localhost',
    'rebound.example.com',
  ])('is never opened to %s', async (host) => {
    await expect(request(`http://${host}:${port}/`, { dispatcher: guarded })).rejects.toMatchObject(
      { name: 'OutgoingRequestError' },
    );
    expect(connections).toBe(0);
  });

  const forbidden = HOSTILE_URLS[NOT_PUBLIC]!.map((url) => new URL(url).hostname);

  it(`is never opened to any of ${forbidden.length} addresses that are not public`, async () => {
    for (const host of forbidden) {
      const url = `http://${host}:${port}/`;
      await expect(request(url, { dispatcher: guarded }), host).rejects.toMatchObject({
        code: 'forbidden_target',
      });
    }
    expect(connections).toBe(0);
  });

  it('would be opened by an agent without the guard', async () => {
    const open = new Agent();
    const { body } = await request(`http://127.1:${port}/`, { dispatcher: open });

    expect(await body.text()).toBe('inside');
    await open.close();
  });
});
