import { createSocket } from 'node:dgram';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { dnsResolver, type ResolveAddresses } from './name-resolution.js';
import { OutgoingHttp } from './outgoing-http.js';

const A = 1;
const CNAME = 5;
const AAAA = 28;

interface DnsRecord {
  readonly type: number;
  readonly data: Buffer;
}

const encodeName = (name: string) =>
  Buffer.from(
    `${name
      .split('.')
      .map((label) => String.fromCharCode(label.length) + label)
      .join('')}\0`,
    'latin1',
  );
const ipv4 = (text: string) => ({ type: A, data: Buffer.from(text.split('.').map(Number)) });
const ipv6 = (hex: string) => ({ type: AAAA, data: Buffer.from(hex, 'hex') });

/** What the name server of the tests answers, by name. Other names do not exist. */
const ZONE: Record<string, readonly DnsRecord[]> = {
  'both.example.com': [ipv4('93.184.216.35'), ipv6('26064700000000000000000000001111')],
  'ipv4-only.example.com': [ipv4('93.184.216.35')],
  'ipv6-only.example.com': [ipv6('26064700000000000000000000001111')],
  'alias.example.com': [
    { type: CNAME, data: encodeName('localhost') },
    { ...ipv4('127.0.0.1'), type: A },
  ],
  'mixed.example.com': [ipv4('93.184.216.35'), ipv6('00000000000000000000000000000001')],
};

/** One question in, its records out (RFC 1035, section 4). */
function answer(query: Buffer): Buffer {
  const labels: string[] = [];
  let at = 12;
  for (let length = query[at]!; length > 0; length = query[at]!) {
    labels.push(query.toString('latin1', at + 1, at + 1 + length));
    at += 1 + length;
  }
  const question = query.subarray(12, at + 5);
  const wanted = query.readUInt16BE(at + 1);
  const zone = ZONE[labels.join('.').toLowerCase()];
  const records = (zone ?? []).filter(({ type }) => type === wanted || type === CNAME);
  const header = Buffer.from(query.subarray(0, 12));
  header.writeUInt16BE(zone ? 0x8180 : 0x8183, 2);
  header.writeUInt16BE(1, 4);
  header.writeUInt16BE(records.length, 6);
  header.writeUInt32BE(0, 8);
  let owner = question.subarray(0, -4);
  const encoded = records.flatMap(({ type, data }) => {
    const fixed = Buffer.alloc(10);
    fixed.writeUInt16BE(type, 0);
    fixed.writeUInt16BE(1, 2);
    fixed.writeUInt16BE(data.length, 8);
    const record = [owner, fixed, data];
    if (type === CNAME) owner = data;
    return record;
  });
  return Buffer.concat([header, question, ...encoded]);
}

describe('DNS', () => {
  const server = createSocket('udp4');
  let resolve: ResolveAddresses;

  beforeAll(async () => {
    server.on('message', (query, peer) => server.send(answer(query), peer.port, peer.address));
    await new Promise<void>((bound) => server.bind(0, '127.0.0.1', bound));
    resolve = dnsResolver([`127.0.0.1:${server.address().port}`]);
  });
  afterAll(() => new Promise<void>((closed) => server.close(closed)));

  it.each([
    ['both.example.com', ['93.184.216.35', '2606:4700::1111']],
    ['ipv4-only.example.com', ['93.184.216.35']],
    ['ipv6-only.example.com', ['2606:4700::1111']],
    ['alias.example.com', ['127.0.0.1']],
  ])('answers all addresses of %s', async (name, addresses) => {
    expect(await resolve(name)).toEqual(addresses);
  });

  it('rejects for a name that does not exist', async () => {
    await expect(resolve('missing.example.com')).rejects.toMatchObject({ code: 'ENOTFOUND' });
  });

  it.each([
    ['both.example.com', true],
    ['alias.example.com', false],
    ['mixed.example.com', false],
    ['missing.example.com', false],
  ])('makes a target of %s: %s', async (name, ok) => {
    const guarded = new OutgoingHttp({ allowCidrs: [], resolve });

    expect((await guarded.checkTarget(`https://${name}/`)).ok).toBe(ok);
  });
});
