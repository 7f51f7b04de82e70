import { isIPv4 } from 'node:net';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { OutgoingHttp } from './outgoing-http.js';

const guarded = new OutgoingHttp({
  allowCidrs: [],
  ownHostnames: ['api.imprest.example', '93.184.216.34'],
});

const NOT_PUBLIC = 'names an address that is not public';
const UNUSUAL = 'writes its IP address in an unusual form';
const SCHEME = 'is not an https:// URL';
const PORT = 'uses a port other than 443, 8443';
const CREDENTIALS = 'holds credentials';
const AMBIGUOUS = 'holds a space, a backslash or an invisible character';
const NOT_FULL = 'needs a full host name such as hooks.example.com';
const NOT_IN_DNS = 'names a host that is not in public DNS';
const OWN = 'names this service itself';

const HOSTILE: Record<string, readonly string[]> = {
  [NOT_PUBLIC]: [
    'https://127.0.0.1/',
    'https://127.255.255.254/',
    'https://0.0.0.0/',
    'https://0.0.0.1/',
    'https://10.0.0.1/',
    'https://10.255.255.255:8443/',
    'https://172.16.0.1/',
    'https://172.31.255.255/',
    'https://192.168.1.1/',
    'https://100.64.0.1/',
    'https://169.254.0.1/',
    'https://169.254.169.254/latest/meta-data/',
    'https://168.63.129.16/',
    'https://100.100.100.200/',
    'https://192.0.0.8/',
    'https://192.0.2.1/',
    'https://192.88.99.1/',
    'https://198.18.0.1/',
    'https://198.51.100.7/',
    'https://203.0.113.9/',
    'https://224.0.0.1/',
    'https://239.255.255.250/',
    'https://240.0.0.1/',
    'https://255.255.255.255/',
    'https://[::]/',
    'https://[::1]/',
    'https://[::7f00:1]/',
    'https://[::ffff:7f00:1]/',
    'https://[::ffff:a9fe:a9fe]/',
    'https://[::ffff:808:808]/',
    'https://[::ffff:0:7f00:1]/',
    'https://[64:ff9b::7f00:1]/',
    'https://[64:ff9b::808:808]/',
    'https://[64:ff9b:1::7f00:1]/',
    'https://[100::1]/',
    'https://[2001::1]/',
    'https://[2001:0:53aa:64c:0:7f4e:f5ff:fffe]/',
    'https://[2001:2::1]/',
    'https://[2001:10::1]/',
    'https://[2001:20::1]/',
    'https://[2001:db8::1]/',
    'https://[2002:7f00:1::1]/',
    'https://[2002:a9fe:a9fe::1]/',
    'https://[3fff::1]/',
    'https://[4000::1]/',
    'https://[5f00::1]/',
    'https://[fc00::1]/',
    'https://[fd00:ec2::254]/latest/meta-data/',
    'https://[fe80::1]/',
    'https://[fec0::1]/',
    'https://[ff02::1]/',
  ],
  [UNUSUAL]: [
    'https://2130706433/',
    'https://017700000001/',
    'https://0x7f000001/',
    'https://0x7f.0x0.0x0.0x1/',
    'https://0x7f.1/',
    'https://0177.0.0.1/',
    'https://0177.0.0.01/',
    'https://127.1/',
    'https://127.0.1/',
    'https://0/',
    'https://127.0.0.1./',
    'https://1572395042/',
    'https://2852039166/latest/meta-data/',
    'https://0251.0376.0251.0376/',
    'https://%31%32%37.0.0.1/',
    'https://127.0.0.%31/',
    'https://１２７.０.０.１/',
    'https://①②⑦.⓪.⓪.①/',
    'https://127。0。0。1/',
    'https://[0:0:0:0:0:0:0:1]/',
    'https://[::ffff:127.0.0.1]/',
    'https://[64:ff9b::127.0.0.1]/',
    'https://[0000:0000:0000:0000:0000:ffff:7f00:0001]/',
  ],
  [SCHEME]: [
    '',
    'hooks.example.com',
    '//hooks.example.com/',
    'http://hooks.example.com/',
    'http://93.184.216.35/',
    'ftp://hooks.example.com/',
    'file:///etc/passwd',
    'gopher://127.0.0.1:6379/_INFO',
    'dict://127.0.0.1:11211/stats',
    'data:text/plain,hello',
    'javascript:alert(1)',
    'ws://hooks.example.com/',
    'unix:/var/run/docker.sock',
    'blob:https://hooks.example.com/1',
    'https:hooks.example.com/',
    'https:/hooks.example.com/',
    'https:///hooks.example.com/',
    'https://?/',
    'https://[::1/',
    'https://[fe80::1%25eth0]/',
    'https://[fe80::1%eth0]/',
    'https://[::ffff:127.0.0.1%25lo]/',
    'https://[127.0.0.1]/',
    'https://256.256.256.256/',
    'https://127.0.0.1.1/',
    'https://0x1ffffffff/',
    'https://hooks.example.com:99999/',
    'https://hooks.example.com:4%2043/',
    'https://hooks<.example.com/',
    'https://127.0.0.1:80:443/',
    'https://hooks.example.com%00.evil.example/',
    'https://xn--a.example/',
  ],
  [PORT]: [
    'https://hooks.example.com:80/',
    'https://hooks.example.com:22/',
    'https://hooks.example.com:0/',
    'https://hooks.example.com:6379/',
    'https://93.184.216.35:9200/',
    'https://[2606:4700::1111]:25/',
  ],
  [CREDENTIALS]: [
    'https://user@hooks.example.com/',
    'https://user:secret@hooks.example.com/',
    'https://hooks.example.com@127.0.0.1/',
    'https://hooks.example.com:443@127.0.0.1/',
    'https://@hooks.example.com/',
    'https://:@hooks.example.com/',
    'https://hooks.example.com%2f@127.0.0.1/',
    'https://a@b@127.0.0.1/',
  ],
  [AMBIGUOUS]: [
    'https://hooks.example.com\\@127.0.0.1/',
    'https:\\\\127.0.0.1/',
    'https://hooks.example.com/\r\nHost: 127.0.0.1',
    'https://127.0.\t0.1/',
    ' https://hooks.example.com/',
    'https://hooks.example.com/ ',
    'https://hooks.example.com/\u0000',
    'https://hooks.exa\u200bmple.com/',
    'https://hooks.exa\u00admple.com/',
    'https://hooks.example.com/\u202egnp.exe',
    'https://hooks.example.com/\u3000',
    'https://hooks.example.com/\ufeff',
  ],
  [NOT_FULL]: [
    'https://localhost/',
    'https://LOCALHOST/',
    'https://ｌｏｃａｌｈｏｓｔ/',
    'https://localhost./',
    'https://postgres/',
    'https://kubernetes:8443/',
    'https://ip6-loopback/',
    'https://metadata/',
    'https://hooks.example.com./',
    'https://.example.com/',
    'https://hooks..example.com/',
    'https://-hooks.example.com/',
    'https://*.example.com/',
    'https://hooks;.example.com/',
    `https://${'a'.repeat(64)}.example.com/`,
    `https://${'abcdefg.'.repeat(32)}example.com/`,
  ],
  [NOT_IN_DNS]: [
    'https://foo.localhost/',
    'https://localhost.localdomain/',
    'https://metadata.google.internal/computeMetadata/v1/',
    'https://printer.local/',
    'https://router.home.arpa/',
    'https://abcdefghijklmnop.onion/',
    'https://nothing.invalid/',
  ],
  [OWN]: [
    'https://api.imprest.example/v1/generations',
    'https://API.Imprest.Example/',
    'https://api。imprest。example/',
    'https://93.184.216.34/',
  ],
  'is longer than 2048 characters': [`https://hooks.example.com/${'a'.repeat(2048)}`],
};

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

describe('a target judged by its text', () => {
  for (const [reason, urls] of Object.entries(HOSTILE)) {
    it.each(urls)(`refuses %j: ${reason}`, (url) => {
      expect(guarded.checkUrl(url)).toEqual({ ok: false, reason });
    });
  }

  it.each(Object.entries(ACCEPTED))('accepts %s', (url, href) => {
    const check = guarded.checkUrl(url);

    expect(check.ok && check.url.href).toBe(href);
  });

  it('is refused by request and download as by checkUrl, without a connection', async () => {
    const urls = Object.values(HOSTILE).flat();
    expect(urls.length).toBeGreaterThan(80);
    for (const url of urls) {
      const limits = { url, timeoutMs: 1_000 };

      await expect(
        guarded.request({ ...limits, method: 'POST', maxResponseBytes: 1 }),
      ).rejects.toMatchObject({ name: 'OutgoingRequestError', code: 'forbidden_target' });
      await expect(guarded.download({ ...limits, maxBytes: 1 })).rejects.toMatchObject({
        code: 'forbidden_target',
      });
    }
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
