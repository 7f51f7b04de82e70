import type { FastifyInstance } from 'fastify';
import { describe, expect, test } from 'vitest';
import { createHttpAdapter } from './http-adapter.js';

const client = '203.0.113.7';
const proxy = '10.1.2.3';

/** Whom a request is taken to come from, and by which protocol. */
async function seen(
  trustedProxies: readonly string[],
  remoteAddress: string,
  headers: Record<string, string>,
) {
  const instance = createHttpAdapter({
    trustedProxies,
  }).getInstance() as unknown as FastifyInstance;
  instance.get('/', async ({ ip, protocol }) => ({ ip, protocol }));
  return (await instance.inject({ url: '/', remoteAddress, headers })).json();
}

describe('while no proxy is trusted', () => {
  test.each([client, '127.0.0.1', '::1'])(
    'what %s says of somebody else counts nothing',
    async (from) => {
      const headers = { 'x-forwarded-for': '198.51.100.9', 'x-forwarded-proto': 'https' };
      expect(await seen([], from, headers)).toEqual({ ip: from, protocol: 'http' });
    },
  );
});

describe('with a proxy that is trusted', () => {
  const trusted = ['10.0.0.0/8', 'fd00::/8'];

  test.each([proxy, `::ffff:${proxy}`, 'fd00::7'])('%s says who came, and how', async (from) => {
    const headers = { 'x-forwarded-for': client, 'x-forwarded-proto': 'https' };
    expect(await seen(trusted, from, headers)).toEqual({ ip: client, protocol: 'https' });
  });

  test('anybody else says nothing', async () => {
    const headers = { 'x-forwarded-for': '198.51.100.9', 'x-forwarded-proto': 'https' };
    expect(await seen(trusted, client, headers)).toEqual({ ip: client, protocol: 'http' });
  });

  test('what the client wrote before it got there counts nothing', async () => {
    const headers = { 'x-forwarded-for': `198.51.100.9, 10.9.9.9, ${client}, 10.4.4.4` };
    expect(await seen(trusted, proxy, headers)).toEqual({ ip: client, protocol: 'http' });
  });

  test.each(['', 'unknown', ', ,'])(
    '“%s” for an address moves nobody into a trusted one',
    async (text) => {
      const { ip } = await seen(trusted, proxy, { 'x-forwarded-for': text });
      expect(ip).not.toBe('127.0.0.1');
      expect(text.includes(ip) || ip === proxy).toBe(true);
    },
  );
});
