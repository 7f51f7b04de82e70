import { isIPv4 } from 'node:net';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { HOSTILE_ANSWERS, HOSTILE_URLS } from './hostile-targets.fixtures.js';
import { OutgoingHttp } from './outgoing-http.js';

const guarded = new OutgoingHttp({
  allowCidrs: [],
  ownHostnames: ['api.imprest.example', '93.184.216.34'],
});

const ACCEPTED: Record<string, string> = {
  'https://hooks.example.com': 'https://hooks.example.com/',
  'https://hooks.example.com/': 'https://hooks.example.com/',
  'https://hooks.example.com:443/a?b=c': 'https://hooks.example.com/a?b=c',
  'https://hooks.example.com:8443/a': 'https://hooks.example.com:8443/a',
  'HTTPS://Hooks.Example.COM/A': 'https://hooks.example.com/A',
  'https://hooks.example.com/@user/ünicode': 'https://hooks.example.com/@user/%C3%BCnicode',
  'https://hooks.example.com?to=127.0.0.1@x': 'https://hooks.example.com/?to=127.0.0.1@x',
  'https://bücher.example/': 'https://xn--bcher-kva.example/',
  'https://under_score.example.com/': 'https://under_score.example.com/',
  'https://127.0.0.1.nip.example/': 'https://127.0.0.1.nip.example/',
  'https://93.184.216.35/': 'https://93.184.216.35/',
  'https://[2606:4700::1111]/': 'https://[2606:4700::1111]/',
};

const table = [
  ...Object.entries(HOSTILE_URLS).flatMap(([reason, urls]) =>
    urls.map((url) => ({ url, reason, http: guarded })),
  ),
  ...Object.entries(HOSTILE_ANSWERS).map(([what, addresses]) => ({
    url: `https://${what.toLowerCase().replace(/[^a-z0-9]+/g, '-')}.example.com/`,
    reason: 'names a host that resolves to an address that is not public',
    http: new OutgoingHttp({ allowCidrs: [], resolve: async () => addresses }),
  })),
];

describe(`each of ${table.length} hostile targets`, () => {
  it('is one of at least 80', () => {
    expect(table.length).toBeGreaterThanOrEqual(80);
    expect(new Set(table.map(({ url }) => url)).size).toBe(table.length);
  });

  it.each(table)(
    'is refused when it is saved, for what is wrong with it: $url $reason',
    async ({ url, reason, http }) => {
      expect(await http.checkTarget(url)).toEqual({ ok: false, reason });
    },
  );

  it('is refused when it is requested, tested or downloaded from', async () => {
    for (const { url, http } of table) {
      const limits = { url, timeoutMs: 1_000 };

      await expect(
        http.request({ ...limits, method: 'POST', maxResponseBytes: 1 }),
        url,
      ).rejects.toMatchObject({ name: 'OutgoingRequestError', code: 'forbidden_target' });
      await expect(http.download({ ...limits, maxBytes: 1 }), url).rejects.toMatchObject({
        code: 'forbidden_target',
      });
    }
  });
});

describe('a target judged by its text', () => {
  it.each(Object.entries(HOSTILE_URLS))('is refused without DNS when it %s', (reason, urls) => {
    for (const url of urls) expect(guarded.checkUrl(url), url).toEqual({ ok: false, reason });
  });

  it.each(Object.entries(ACCEPTED))('is accepted as %s', (url, href) => {
    const check = guarded.checkUrl(url);

    expect(check.ok && check.url.href).toBe(href);
  });
});

describe('an IPv4 address written as a number', () => {
  const part = fc.constantFrom(10, 16, 8).map((radix) => (value: number) => {
    const prefix = { 10: '', 16: '0x', 8: '0' }[radix];
    return `${prefix}${value.toString(radix)}`;
  });

  it('is refused in every form but four decimal parts', () => {
    fc.assert(
      fc.property(
        fc.nat(0xffffffff),
        fc.integer({ min: 1, max: 4 }),
        part,
        (address, parts, write) => {
          const octets = [24, 16, 8, 0].map((shift) => (address >>> shift) & 0xff);
          const tail = octets.slice(parts - 1).reduce((sum, octet) => sum * 256 + octet, 0);
          const host = [...octets.slice(0, parts - 1), tail].map(write).join('.');

          expect(new URL(`https://${host}/`).hostname).toBe(octets.join('.'));
          expect(!guarded.checkUrl(`https://${host}/`).ok || isIPv4(host)).toBe(true);
        },
      ),
    );
  });
});

describe('a range the operator opened', () => {
  const opened = new OutgoingHttp({
    allowCidrs: ['127.0.0.0/8', '10.1.0.0/16', '169.254.0.0/16', '::ffff:0:0/96', 'fd00::/8'],
    ownHostnames: ['localhost', '127.0.0.1'],
  });

  it.each([
    'http://127.0.0.1:9000/hook',
    'https://127.0.0.1/hook',
    'http://localhost:9000/hook',
    'http://10.1.2.3/',
    'http://[fd12::1]:8080/',
    'https://hooks.example.com/',
    'https://receiver.internal/',
  ])('accepts %s', (url) => {
    expect(opened.checkUrl(url).ok).toBe(true);
  });

  it.each([
    'http://hooks.example.com/',
    'https://hooks.example.com:9000/',
    'http://receiver.internal/',
    'http://10.2.0.1/',
    'http://127.1/',
    'http://127.0.0.1:0/',
    'http://foo.localhost/',
    'http://169.254.169.254/',
    'http://[::ffff:a9fe:a9fe]/',
    'http://[fd00:ec2::254]/',
    'ftp://127.0.0.1/',
    'http://user@127.0.0.1/',
  ])('still refuses %s', (url) => {
    expect(opened.checkUrl(url).ok).toBe(false);
  });

  it.each(['127.0.0.1', '10.0.0.0/33', 'localhost', '', '0.0.0.0/0', '::/0'])(
    'cannot be %j',
    (cidr) => {
      expect(() => new OutgoingHttp({ allowCidrs: [cidr] })).toThrow(RangeError);
    },
  );
});
