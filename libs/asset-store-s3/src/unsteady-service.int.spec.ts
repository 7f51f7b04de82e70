import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { S3AssetStore } from './s3-asset-store.js';

type Answer = (request: IncomingMessage, response: ServerResponse) => void;

const refuses = (status: number, code: string): Answer => {
  const body = `<?xml version="1.0"?><Error><Code>${code}</Code><Message>${code}</Message></Error>`;
  return (_, response) =>
    response.writeHead(status, { 'content-type': 'application/xml' }).end(body);
};
const ok: Answer = (_, response) => response.writeHead(200).end();
const emptyList: Answer = (_, response) =>
  response
    .writeHead(200, { 'content-type': 'application/xml' })
    .end('<ListBucketResult><IsTruncated>false</IsTruncated></ListBucketResult>');

/** A service that answers a list of calls as told, and every later one as the last. */
describe('S3AssetStore on a service with troubles', () => {
  let server: Server;
  let answers: Answer[];
  let requests: { url: string; headers: IncomingMessage['headers']; body: Buffer }[];
  let store: S3AssetStore;

  beforeEach(async () => {
    requests = [];
    answers = [emptyList];
    server = createServer(async (request, response) => {
      const { url = '', headers } = request;
      requests.push({ url, headers, body: await buffer(request) });
      const answer = answers.length > 1 ? answers.shift() : answers[0];
      answer?.(request, response);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    store = await S3AssetStore.connect({
      bucket: 'images',
      endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
      region: 'auto',
      credentials: { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'not-to-be-seen' },
      timeoutMs: 1_500,
    });
    requests = [];
  });
  afterEach(async () => {
    store.close();
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });

  test('a put says what it sends, so that the service can refuse what is damaged', async () => {
    answers = [ok];
    await store.put('asset', Buffer.from('content'));

    const { headers, body } = requests[0] as (typeof requests)[number];
    expect(body.toString()).toBe('content');
    expect(headers['content-md5']).toBe(createHash('md5').update(body).digest('base64'));
    expect(headers['x-amz-meta-sha256']).toBe(createHash('sha256').update(body).digest('hex'));
    expect(headers['content-encoding']).toBeUndefined();
  });

  test('lists page after page, without what is too young or no blob of its own', async () => {
    const entry = (key: string, time: string) =>
      `<Contents><Key>${key}</Key><LastModified>${time}</LastModified></Contents>`;
    const page = (truncated: boolean, ...entries: string[]): Answer => {
      const next = truncated ? '<NextContinuationToken>more</NextContinuationToken>' : '';
      const content = `<IsTruncated>${truncated}</IsTruncated>${next}${entries.join('')}`;
      return (_, response) => response.end(`<ListBucketResult>${content}</ListBucketResult>`);
    };
    const old = '2026-01-01T00:00:00.000Z';
    answers = [
      page(true, entry('assets/one', old), entry('assets/folder/two', old), entry('three', old)),
      page(true, entry('assets/four', '2026-01-01T12:00:00.000Z')),
      page(false, entry('assets/five', old)),
    ];
    const listed: string[] = [];
    const time = new Date('2026-01-01T12:00:00.500Z');
    for await (const id of store.listWrittenBefore(time)) listed.push(id);

    expect(listed).toEqual(['one', 'five']);
    expect(requests.map(({ url }) => /continuation-token=(\w+)/.exec(url)?.[1])).toEqual([
      undefined,
      'more',
      'more',
    ]);
  });

  test('a busy service is tried again', async () => {
    answers = [refuses(503, 'SlowDown'), refuses(500, 'InternalError'), ok];
    await store.put('asset', Buffer.from('content'));

    expect(requests).toHaveLength(3);
  });

  test('a refusal is not tried again, and neither the message nor the error tells a secret', async () => {
    answers = [refuses(403, 'SignatureDoesNotMatch')];
    const failure = await store.put('asset', Buffer.from('content')).catch((error) => error);

    expect(requests).toHaveLength(1);
    expect(failure.name).toBe('AssetStoreUnavailable');
    expect(failure.message).toMatch(
      /^bucket images at http:\S+ did not store a blob \(SignatureDoesNotMatch, HTTP 403\): the secret access key is wrong, or the clocks are apart$/,
    );
    expect(failure.cause).toBeUndefined();
  });

  test('a service that stays silent is given up in time', async () => {
    answers = [() => {}];
    const startMs = performance.now();

    await expect(store.size('asset')).rejects.toThrow(
      /did not tell the size of a blob .*not done within 1500 ms/,
    );
    expect(performance.now() - startMs).toBeLessThan(4_000);
  });

  test('a service that nobody reaches is named with its address', async () => {
    await new Promise((resolve) => {
      server.close(resolve);
      server.closeAllConnections();
    });

    await expect(store.delete('asset')).rejects.toThrow(
      /^bucket images at http:\/\/127\.0\.0\.1:\d+ did not delete a blob \(ECONN/,
    );
  });

  test('an answer that breaks off is asked for again', async () => {
    const breaksOff: Answer = (_, response) => {
      response.writeHead(200, { 'content-length': 7 }).write('con');
      setTimeout(() => response.destroy(), 20);
    };
    answers = [breaksOff, (_, response) => response.writeHead(200).end('content')];

    expect(Buffer.from(await store.read('asset')).toString()).toBe('content');
    expect(requests).toHaveLength(2);
  });

  test('bytes that are not what was stored are never given out', async () => {
    const damaged: Answer = (_, response) =>
      response.writeHead(200, { 'x-amz-meta-sha256': '00'.repeat(32) }).end('content');
    answers = [damaged];

    await expect(store.read('asset')).rejects.toThrow(/what came is not what was stored as asset/);
    expect(requests).toHaveLength(4);
  });

  test.each([
    ['ignores ranges', { status: 200, headers: {} }, 'abcdefghij'],
    [
      'sends more than asked',
      { status: 206, headers: { 'content-range': 'bytes 1-9/10' } },
      'bcdefghij',
    ],
  ])(
    'a range is cut out of the answer of a service that %s',
    async (_, { status, headers }, body) => {
      answers = [(_request, response) => response.writeHead(status, headers).end(body)];

      expect(Buffer.from(await store.read('asset', { start: 2, end: 4 })).toString()).toBe('cde');
    },
  );
});
