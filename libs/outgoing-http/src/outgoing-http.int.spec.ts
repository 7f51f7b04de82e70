import {
  createServer,
  type IncomingMessage,
  type RequestListener,
  type ServerResponse,
} from 'node:http';
import type { AddressInfo, Server } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { OutgoingHttp, type OutgoingHttpOptions, type OutgoingRequest } from './outgoing-http.js';

const closers: (() => Promise<unknown> | unknown)[] = [];

afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

/** Serves on a free port of 127.0.0.1 until the test ends; answers its base URL. */
async function serve(listener: RequestListener): Promise<string> {
  const server = createServer(listener);
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  closers.push(() => closeServer(server));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

function closeServer(server: Server & { closeAllConnections(): void }): Promise<unknown> {
  server.closeAllConnections();
  return new Promise((closed) => server.close(closed));
}

function outgoing(options: Partial<OutgoingHttpOptions> = {}): OutgoingHttp {
  const http = new OutgoingHttp({ allowCidrs: ['127.0.0.0/8'], ...options });
  closers.push(() => http.close());
  return http;
}

function post(url: string, rest: Partial<OutgoingRequest> = {}): OutgoingRequest {
  return { url, method: 'POST', timeoutMs: 2_000, maxResponseBytes: 1_024, ...rest };
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString();
}

describe('request', () => {
  it('sends the bytes given and answers what came back', async () => {
    const base = await serve(async (request, response) => {
      const seen = { ...request.headers, body: await bodyOf(request), url: request.url };
      response.writeHead(201, { 'x-a': '1', 'content-type': 'application/json' });
      response.end(JSON.stringify(seen));
    });

    const response = await outgoing().request(
      post(`${base}/hook?a=b#c`, { body: Buffer.from('{"ü":1}'), headers: { 'x-sig': 'v1=00' } }),
    );

    expect(response.status).toBe(201);
    expect(response.headers['x-a']).toBe('1');
    expect(JSON.parse(Buffer.from(response.body).toString())).toMatchObject({
      'x-sig': 'v1=00',
      'content-length': '8',
      host: base.slice('http://'.length),
      body: '{"ü":1}',
      url: '/hook?a=b',
    });
    expect(response.bodyTruncated).toBe(false);
    expect(response.connectedAddress).toBe('127.0.0.1');
    expect(response.elapsedMs).toBeGreaterThan(0);
  });

  it('connects to the address that was checked', async () => {
    const base = await serve((_request, response) => response.end());
    const { port } = new URL(base);
    const http = outgoing({ allowedPorts: [Number(port)], resolve: async () => ['127.0.0.1'] });

    await expect(http.request(post(`https://hooks.example.com:${port}/`))).rejects.toMatchObject({
      code: 'tls',
    });
  });

  it('reaches localhost when the loopback range is open', async () => {
    const base = await serve((_request, response) => response.end());

    const response = await outgoing().request(post(base.replace('127.0.0.1', 'localhost')));

    expect(response.connectedAddress).toBe('127.0.0.1');
  });

  it('keeps connections for the next requests', async () => {
    const ports = new Set<number | undefined>();
    const connecting: (number | null)[] = [];
    const base = await serve((request, response) => {
      ports.add(request.socket.remotePort);
      response.end('x'.repeat(4_000));
    });
    const http = outgoing();

    for (let i = 0; i < 20; i += 1) {
      const { connectMs, firstByteMs, elapsedMs } = await http.request(post(base));
      expect(firstByteMs).toBeGreaterThanOrEqual(connectMs ?? 0);
      expect(elapsedMs).toBeGreaterThanOrEqual(firstByteMs);
      connecting.push(connectMs);
    }

    expect(connecting[0]).toBeGreaterThan(0);
    expect(connecting).toContain(null);

    expect(ports.size).toBeLessThanOrEqual(2);
  });

  it('opens no more connections to one origin than allowed', async () => {
    let open = 0;
    let most = 0;
    const base = await serve((_request, response) => {
      most = Math.max(most, ++open);
      setTimeout(() => {
        open -= 1;
        response.end();
      }, 10);
    });
    const http = outgoing({ connections: 3 });

    await Promise.all(Array.from({ length: 12 }, () => http.request(post(base))));

    expect(most).toBe(3);
  });

  it('does not follow a redirect', async () => {
    const seen: string[] = [];
    const base = await serve((request, response) => {
      seen.push(request.url!);
      response.writeHead(302, { location: '/elsewhere' }).end();
    });

    const response = await outgoing().request(post(`${base}/hook`));

    expect([response.status, response.headers.location]).toEqual([302, '/elsewhere']);
    expect(seen).toEqual(['/hook']);
  });

  it('ignores informational responses', async () => {
    const base = await serve((_request, response) => {
      response.writeProcessing();
      response.writeEarlyHints({ link: '</a>; rel=preload' });
      response.end('done');
    });

    const response = await outgoing().request(post(base));

    expect([response.status, Buffer.from(response.body).toString()]).toEqual([200, 'done']);
  });

  it('cuts a body at the cap and reports it', async () => {
    const base = await serve((_request, response) => response.end('x'.repeat(5_000)));

    const response = await outgoing().request(post(base, { maxResponseBytes: 10 }));

    expect([response.status, Buffer.from(response.body).toString()]).toEqual([200, 'x'.repeat(10)]);
    expect(response.bodyTruncated).toBe(true);
  });

  it('reads an endless body no further than the cap and a little more', async () => {
    let closed: Promise<unknown> | undefined;
    const base = await serve((_request, response) => {
      closed = new Promise((resolve) => response.on('close', resolve));
      pourForEver(response);
    });

    const response = await outgoing().request(post(base));

    expect(response.body.byteLength).toBe(1_024);
    expect(response.bodyTruncated).toBe(true);
    await closed;
  });

  it('keeps a cut body when the rest is slow', async () => {
    const base = await serve((_request, response) => void response.write('x'.repeat(2_000)));

    const response = await outgoing().request(post(base, { timeoutMs: 100 }));

    expect([response.status, response.bodyTruncated]).toEqual([200, true]);
  });

  it('gives up on slow headers', async () => {
    const base = await serve(() => undefined);

    await expect(outgoing().request(post(base, { headersTimeoutMs: 50 }))).rejects.toMatchObject({
      code: 'timeout',
      message: '127.0.0.1: no response headers within 50 ms',
    });
  });

  it('gives up on a slow body', async () => {
    const base = await serve((_request, response) => {
      response.writeHead(200);
      const drip = setInterval(() => response.write('x'), 10);
      response.on('close', () => clearInterval(drip));
    });

    await expect(
      outgoing().request(post(base, { headersTimeoutMs: 80, timeoutMs: 120 })),
    ).rejects.toMatchObject({
      code: 'timeout',
      message: '127.0.0.1: no complete response within 120 ms',
    });
  });

  it('gives up in the queue, and spares the connection for others', async () => {
    const seen: string[] = [];
    const ports = new Set<number | undefined>();
    const base = await serve((request, response) => {
      seen.push(request.url!);
      ports.add(request.socket.remotePort);
      setTimeout(() => response.end(), 100);
    });
    const http = outgoing({ connections: 1 });

    const first = http.request(post(`${base}/1`));
    const second = http.request(post(`${base}/2`, { timeoutMs: 50 }));
    const third = http.request(post(`${base}/3`));

    await expect(second).rejects.toMatchObject({ code: 'timeout' });
    expect((await first).status + (await third).status).toBe(400);
    expect(seen).toEqual(['/1', '/3']);
    expect(ports.size).toBe(1);
  });

  it('stops when the caller aborts, before or during the request', async () => {
    const base = await serve(() => undefined);
    const http = outgoing();
    const during = new AbortController();
    setTimeout(() => during.abort(), 30);

    await expect(http.request(post(base, { signal: AbortSignal.abort() }))).rejects.toMatchObject({
      code: 'aborted',
    });
    await expect(http.request(post(base, { signal: during.signal }))).rejects.toMatchObject({
      code: 'aborted',
    });
  });

  it('reports a connection cut before and within the response', async () => {
    const base = await serve((request, response) => {
      if (request.url === '/within') {
        response.writeHead(200, { 'content-length': '100' });
        response.write('x', () => request.socket.destroy());
      } else {
        request.socket.destroy();
      }
    });
    const http = outgoing();

    for (const path of ['/before', '/within']) {
      await expect(http.request(post(`${base}${path}`))).rejects.toMatchObject({
        code: 'connection_failed',
      });
    }
  });

  it('reports a closed port', async () => {
    const base = await serve(() => undefined);
    await closers.pop()!();

    await expect(outgoing().request(post(base))).rejects.toMatchObject({
      code: 'connection_failed',
      message: '127.0.0.1: connection failed (ECONNREFUSED)',
    });
  });

  it('gives up on connecting', async () => {
    const http = outgoing({ connectTimeoutMs: 50, resolve: () => new Promise(() => undefined) });

    await expect(http.request(post('https://hooks.example.com/'))).rejects.toMatchObject({
      code: 'timeout',
      message: 'hooks.example.com: timed out (UND_ERR_CONNECT_TIMEOUT)',
    });
  });

  it('reports what is not HTTP', async () => {
    const base = await serve((request) => void request.socket.end('SSH-2.0-OpenSSH_9.2\r\n'));

    await expect(outgoing().request(post(base))).rejects.toMatchObject({ code: 'protocol' });
  });

  it('reports headers beyond 16 KiB', async () => {
    const base = await serve((_request, response) => {
      response.writeHead(200, { 'x-large': 'x'.repeat(20_000) }).end();
    });

    await expect(outgoing().request(post(base))).rejects.toMatchObject({ code: 'protocol' });
  });

  it.each([
    ['another host', { Host: 'internal.example.com' }],
    ['a line break', { 'x-a': 'b\r\nx-c: d' }],
    ['a transfer encoding', { 'transfer-encoding': 'chunked' }],
  ])('refuses headers that name %s', async (_case, headers) => {
    let requests = 0;
    const base = await serve((_request, response) => {
      requests += 1;
      response.end();
    });

    await expect(outgoing().request(post(base, { headers }))).rejects.toMatchObject({
      code: 'protocol',
    });
    expect(requests).toBe(0);
  });

  it('fails after close', async () => {
    const http = outgoing();
    await http.close();

    await expect(http.request(post('http://127.0.0.1:9/'))).rejects.toMatchObject({
      code: 'connection_failed',
    });
  });
});

describe('download', () => {
  const file = (url: string) => ({ url, maxBytes: 1_000, timeoutMs: 2_000 });

  it('answers the bytes and the type of the last hop', async () => {
    const seen: string[] = [];
    const base = await serve((request, response) => {
      seen.push(`${request.method} ${request.url} ${request.headers['accept-encoding']}`);
      const next: Record<string, [number, string]> = {
        '/1': [301, `${base}/2`],
        '/2': [302, '/a/3'],
        '/a/3': [307, '../4'],
      };
      const hop = next[request.url!];
      if (hop) response.writeHead(hop[0], { location: hop[1], 'content-type': 'text/html' });
      else response.writeHead(200, { 'content-type': 'IMAGE/PNG; charset=x' });
      response.end('bytes');
    });

    const downloaded = await outgoing().download(file(`${base}/1`));

    expect(downloaded).toEqual({
      status: 200,
      bytes: Buffer.from('bytes'),
      contentType: 'image/png',
    });
    expect(seen).toEqual(['/1', '/2', '/a/3', '/4'].map((path) => `GET ${path} identity`));
  });

  it.each([
    ['a private address', 'http://10.0.0.1/'],
    ['a metadata service', 'http://169.254.169.254/latest/meta-data/'],
    ['an obscured address', 'https://0x7f.1/'],
    ['a mapped address', 'http://[::ffff:7f00:1]/'],
    ['plain http', 'http://hooks.example.com/'],
    ['another scheme', 'file:///etc/passwd'],
    ['credentials', 'https://user@hooks.example.com/'],
    ['another port', 'https://hooks.example.com:6379/'],
    ['a name with a private address', 'https://private.example.com/'],
    ['this service', 'https://api.imprest.example/'],
  ])('refuses a redirect to %s', async (_case, location) => {
    const base = await serve((_request, response) => {
      response.writeHead(302, { location }).end();
    });
    const http = outgoing({
      ownHostnames: ['api.imprest.example'],
      resolve: async () => ['10.0.0.1'],
    });

    await expect(http.download(file(base))).rejects.toMatchObject({ code: 'forbidden_target' });
  });

  it('follows three redirects and no fourth', async () => {
    let hops = 0;
    const base = await serve((_request, response) => {
      hops += 1;
      response.writeHead(303, { location: '/again' }).end();
    });

    await expect(outgoing().download(file(base))).rejects.toMatchObject({
      code: 'protocol',
      message: '127.0.0.1: redirects more than 3 times',
    });
    expect(hops).toBe(4);
    await expect(outgoing().download({ ...file(base), maxRedirects: 0 })).rejects.toMatchObject({
      code: 'protocol',
    });
    expect(hops).toBe(5);
  });

  it('refuses a redirect to something that is no URL', async () => {
    const base = await serve((_request, response) => {
      response.writeHead(302, { location: '//[' }).end();
    });

    await expect(outgoing().download(file(base))).rejects.toMatchObject({ code: 'protocol' });
  });

  it('answers another status without its body', async () => {
    const base = await serve((_request, response) => response.writeHead(404).end('not here'));

    expect(await outgoing().download(file(base))).toMatchObject({
      status: 404,
      bytes: Buffer.alloc(0),
    });
  });

  it('refuses a file by its announced size, and by its real one', async () => {
    const base = await serve((request, response) => {
      if (request.url === '/announced') {
        response.writeHead(200, { 'content-length': '1001' });
        response.write('x');
      } else if (request.url === '/exact') {
        response.end('x'.repeat(1_000));
      } else {
        pourForEver(response);
      }
    });
    const http = outgoing();

    expect((await http.download(file(`${base}/exact`))).bytes.byteLength).toBe(1_000);
    for (const path of ['/announced', '/endless']) {
      await expect(http.download(file(`${base}${path}`))).rejects.toMatchObject({
        code: 'too_large',
        message: '127.0.0.1: response exceeds 1000 bytes',
      });
    }
  });

  it('refuses a compressed body: its real size is unknown', async () => {
    const base = await serve((_request, response) => {
      response.writeHead(200, { 'content-encoding': 'gzip' }).end('zip');
    });

    await expect(outgoing().download(file(base))).rejects.toMatchObject({ code: 'protocol' });
  });

  it('keeps one deadline for all hops, and stops when aborted', async () => {
    const base = await serve((_request, response) => {
      setTimeout(() => response.writeHead(302, { location: '/' }).end(), 60);
    });
    const http = outgoing();
    const during = new AbortController();
    setTimeout(() => during.abort(), 30);

    await expect(http.download({ ...file(base), timeoutMs: 100 })).rejects.toMatchObject({
      code: 'timeout',
    });
    await expect(http.download({ ...file(base), signal: during.signal })).rejects.toMatchObject({
      code: 'aborted',
    });
  });
});

function pourForEver(response: ServerResponse): void {
  const chunk = Buffer.alloc(16 * 1024, 'x');
  const pour = () => {
    while (!response.destroyed && response.write(chunk));
  };
  response.on('drain', pour);
  pour();
}
