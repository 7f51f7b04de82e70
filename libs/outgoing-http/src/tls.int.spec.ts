import { readFileSync } from 'node:fs';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { OutgoingHttp } from './outgoing-http.js';

const testData = (name: string) =>
  readFileSync(new URL(`../test-data/${name}`, import.meta.url), 'utf8');
/** Self-signed, for hooks.example.com only. */
const certificate = testData('hooks.example.com.cert.pem');

describe('a request over TLS', () => {
  const names: unknown[] = [];
  const server = createServer(
    {
      cert: certificate,
      key: testData('hooks.example.com.key.pem'),
      SNICallback: (name, done) => {
        names.push(name);
        done(null);
      },
    },
    (_request, response) => response.end('sealed'),
  );
  let port = 0;

  beforeAll(async () => {
    await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
    port = (server.address() as AddressInfo).port;
  });
  afterAll(() => new Promise((closed) => server.close(closed)));

  async function send(host: string, trustedCertificates: readonly string[]) {
    const http = new OutgoingHttp({
      allowCidrs: ['127.0.0.0/8'],
      allowedPorts: [port],
      trustedCertificates,
      resolve: async () => ['127.0.0.1'],
    });
    const url = `https://${host}:${port}/`;
    try {
      return await http.request({ url, method: 'POST', timeoutMs: 2_000, maxResponseBytes: 100 });
    } finally {
      await http.close();
    }
  }

  it('names the host of the URL and reaches the address that was checked', async () => {
    const response = await send('hooks.example.com', [certificate]);

    expect(Buffer.from(response.body).toString()).toBe('sealed');
    expect(response.connectedAddress).toBe('127.0.0.1');
    expect(names).toEqual(['hooks.example.com']);
  });

  it.each([
    ['an authority nobody trusts', 'hooks.example.com', []],
    ['a certificate for another name', 'other.example.com', [certificate]],
    ['a certificate without the address', '127.0.0.1', [certificate]],
  ])('fails with %s', async (_case, host, trusted) => {
    await expect(send(host, trusted)).rejects.toMatchObject({ code: 'tls' });
  });
});
