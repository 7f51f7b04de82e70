import { openAttempts, type SealedAttempt } from '@imprest/application';
import type { OutgoingResponse } from '@imprest/outgoing-http';
import { InMemoryDataKeys } from '@imprest/testkit';
import { pino } from 'pino';
import { beforeEach, describe, expect, test } from 'vitest';
import { AttemptLog, attemptContent } from './index.js';

const sent = {
  url: 'https://hooks.example.com/a?token=secret#x',
  headers: {
    'content-type': 'application/json; charset=utf-8',
    'X-XMode-Signature': 'v1=00',
    'webhook-id': 'msg_1',
    'x-shop-key': 'a secret of the receiver',
  },
  body: Buffer.from('{"prompt":"a lake"}'),
};
const answer = (more: Partial<OutgoingResponse> = {}): OutgoingResponse => ({
  status: 500,
  headers: { 'set-cookie': ['a=1'], 'content-type': 'text/plain', 'x-long': 'y'.repeat(9_000) },
  body: Buffer.from('no such order'),
  bodyTruncated: false,
  connectedAddress: '93.184.216.35',
  connectMs: 12.345,
  firstByteMs: 40.04,
  elapsedMs: 41.4,
  ...more,
});

describe('what is kept of an attempt', () => {
  test('says what was sent and answered, without secrets', () => {
    expect(attemptContent(sent, answer(), 41.4)).toEqual({
      request: {
        url: 'https://hooks.example.com/a',
        headers: { ...sent.headers, 'x-shop-key': '[redacted]' },
        body: { text: '{"prompt":"a lake"}', isCut: false },
      },
      response: {
        status: 500,
        headers: {
          'set-cookie': '[redacted]',
          'content-type': 'text/plain',
          'x-long': 'y'.repeat(256),
        },
        body: { text: 'no such order', isCut: false },
      },
      timing: { connect: 12.3, firstByte: 40, total: 41 },
    });
  });

  test('is bounded, and says so', () => {
    const many = Object.fromEntries(Array.from({ length: 99 }, (_, n) => [`x-${n}`, 'y']));
    const long = { ...sent, body: Buffer.alloc(99_999, 'a') };
    const { request, response } = attemptContent(
      long,
      answer({ headers: many, body: Buffer.alloc(1_024, 'b'), bodyTruncated: true }),
      1,
    );
    expect([request.body.text.length, request.body.isCut]).toEqual([16_384, true]);
    expect([response?.body.text.length, response?.body.isCut]).toEqual([1_024, true]);
    expect(Object.keys(response?.headers ?? {})).toHaveLength(30);
  });

  test('has no answer when there was none', () => {
    const { response, timing } = attemptContent(sent, undefined, 10_000);
    expect([response, timing]).toEqual([null, { connect: null, firstByte: null, total: 10_000 }]);
  });
});

describe('the log', () => {
  let keys: InMemoryDataKeys;
  let kept: SealedAttempt[];
  let log: AttemptLog;
  const content = attemptContent(sent, answer(), 1);
  const attempt = (messageId: string, dataKeyId: string, number = 1) => ({
    ...{ messageId, dataKeyId, attempt: number, content },
    at: new Date('2026-01-15T09:00:00.000Z'),
  });

  beforeEach(() => {
    keys = new InMemoryDataKeys();
    kept = [];
    const store = {
      record: async (attempts: readonly SealedAttempt[]) => void kept.push(...attempts),
    };
    log = new AttemptLog(store, keys, pino({ level: 'silent' }));
  });

  test('keeps attempts sealed, and opens them until the key of whom they tell is destroyed', async () => {
    const [one, other] = [await keys.take(), await keys.take()];
    log.add(attempt('msg_1', one.id));
    log.add(attempt('msg_2', other.id));
    await log.flush();
    expect(kept.map(({ messageId }) => messageId)).toEqual(['msg_1', 'msg_2']);
    expect(JSON.stringify(kept)).not.toContain('lake');
    expect(await openAttempts(keys, [kept[0]!])).toEqual(new Map([[1, content]]));
    await keys.destroy([one.id]);
    expect(await openAttempts(keys, [kept[0]!])).toEqual(new Map());
    expect((await openAttempts(keys, [kept[1]!])).size).toBe(1);
  });

  test('leaves out what was erased before it was written, and keeps a repeated number once', async () => {
    const [one, other] = [await keys.take(), await keys.take()];
    log.add(attempt('msg_1', one.id));
    log.add(attempt('msg_2', other.id));
    log.add(attempt('msg_2', other.id));
    await keys.destroy([one.id]);
    await log.flush();
    expect(kept.map(({ messageId }) => messageId)).toEqual(['msg_2']);
  });

  test('gives up what cannot be written, and what is too much, rather than hold up deliveries', async () => {
    const key = await keys.take();
    const broken = { record: () => Promise.reject(new Error('database away')) };
    const failing = new AttemptLog(broken, keys, pino({ level: 'silent' }));
    failing.add(attempt('msg_1', key.id));
    await failing.flush();
    for (let number = 1; number <= 5_001; number += 1) log.add(attempt('msg_1', key.id, number));
    await log.flush();
    expect(kept).toHaveLength(5_000);
  });
});
