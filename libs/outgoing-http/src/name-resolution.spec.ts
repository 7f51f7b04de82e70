import { describe, expect, it } from 'vitest';
import { HOSTILE_ANSWERS } from './hostile-targets.fixtures.js';
import { OutgoingHttp } from './outgoing-http.js';

const PUBLIC = '93.184.216.35';
const answering = (...addresses: string[]) =>
  new OutgoingHttp({ allowCidrs: ['10.1.0.0/16'], resolve: async () => addresses });

const FORBIDDEN = {
  ok: false,
  reason: 'names a host that resolves to an address that is not public',
};

describe('a target judged by what it resolves to', () => {
  it.each([
    ['a public IPv4 address', [PUBLIC]],
    ['public addresses of both families', [PUBLIC, '2606:4700::1111']],
    ['an address in a range the operator opened', ['10.1.2.3']],
  ])('is accepted with %s', async (_case, addresses) => {
    const check = await answering(...addresses).checkTarget('https://hooks.example.com/a');

    expect(check.ok && check.url.href).toBe('https://hooks.example.com/a');
  });

  it.each(Object.entries(HOSTILE_ANSWERS))('is refused with %s', async (_case, addresses) => {
    const guarded = answering(...addresses);

    expect(await guarded.checkTarget('https://hooks.example.com/')).toEqual(FORBIDDEN);
    await expect(
      guarded.request({
        url: 'https://hooks.example.com/secret?token=1',
        method: 'POST',
        timeoutMs: 1_000,
        maxResponseBytes: 1,
      }),
    ).rejects.toMatchObject({
      code: 'forbidden_target',
      message: 'hooks.example.com: resolves to an address that is not public',
    });
    await expect(
      guarded.download({ url: 'https://hooks.example.com/', timeoutMs: 1_000, maxBytes: 1 }),
    ).rejects.toMatchObject({ code: 'forbidden_target' });
  });

  it.each([
    ['an empty answer', async () => []],
    ['a failing name server', () => Promise.reject(new Error('ESERVFAIL'))],
  ])('is refused with %s', async (_case, resolve) => {
    const guarded = new OutgoingHttp({ allowCidrs: [], resolve });

    expect(await guarded.checkTarget('https://hooks.example.com/')).toEqual({
      ok: false,
      reason: 'names a host that does not resolve',
    });
    await expect(
      guarded.request({
        url: 'https://hooks.example.com/',
        method: 'POST',
        timeoutMs: 1_000,
        maxResponseBytes: 1,
      }),
    ).rejects.toMatchObject({ code: 'connection_failed' });
  });

  it('is refused at connect when the answer has changed since it was saved', async () => {
    const answers = [[PUBLIC], ['127.0.0.1']];
    const guarded = new OutgoingHttp({ allowCidrs: [], resolve: async () => answers.shift()! });

    expect((await guarded.checkTarget('https://hooks.example.com/')).ok).toBe(true);
    await expect(
      guarded.request({
        url: 'https://hooks.example.com/',
        method: 'POST',
        timeoutMs: 1_000,
        maxResponseBytes: 1,
      }),
    ).rejects.toMatchObject({ code: 'forbidden_target' });
    expect(answers).toEqual([]);
  });

  it('is asked of DNS once for concurrent requests, and again afterwards', async () => {
    let questions = 0;
    const guarded = new OutgoingHttp({
      allowCidrs: [],
      resolve: async () => {
        questions += 1;
        return [PUBLIC];
      },
    });
    const check = () => guarded.checkTarget('https://hooks.example.com/');

    await Promise.all([check(), check(), check()]);
    expect(questions).toBe(1);
    await check();
    expect(questions).toBe(2);
  });

  it('is never asked of DNS when it is localhost', async () => {
    const guarded = new OutgoingHttp({
      allowCidrs: ['127.0.0.0/8'],
      resolve: () => Promise.reject(new Error('asked')),
    });

    expect((await guarded.checkTarget('http://localhost:9000/')).ok).toBe(true);
  });
});
