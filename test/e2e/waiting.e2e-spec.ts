import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Answer, ApiClient } from '../support/api-client.js';
import { ImprestProgram } from '../support/imprest-program.js';
import { createTenant, type TestTenant } from '../support/tenants.js';

const TOKENS = 10_000;
const WAITING = 200;
const GONE = 20;
/** Of those who stay, several wait for the same work under the same key: rendering is not what is tried here. */
const WORKS = 40;
const PRICE = 5;
const SLOW_PRICE = 10;
const SLOW_MS = 6_000;
/** Much less than anybody has to wait for work, and much more than an answer takes. */
const LONGEST_POLL_MS = 2_500;

const IMAGES = '/api/v1/images/generations';
const small = { prompt: 'A paper boat on a pond', image_width: 256, image_height: 256 };
const keyed = (key: string) => ({ 'idempotency-key': key });
const staying = Array.from({ length: WAITING - GONE }, (_, index) => `stay-${index % WORKS}`);
const leaving = Array.from({ length: GONE }, (_, index) => `leave-${index}`);

function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((one, other) => one - other);
  return Math.round(sorted[Math.floor((sorted.length - 1) * share)] ?? 0);
}

describe(`${WAITING} requests that wait on one process`, () => {
  let program: ImprestProgram;
  let tenant: TestTenant;
  let client: ApiClient;
  const polls: number[] = [];
  const streams: Promise<Answer>[] = [];
  let answers: Answer[];

  beforeAll(async () => {
    program = await ImprestProgram.create({ SIMULATOR_TRIAL_FAULTS: 'true', WORKER_SLOTS: '2' });
    await program.start();
    tenant = await createTenant(program.url, program.adminKey, TOKENS);
    client = tenant.client;
  });

  afterAll(() => program?.dispose());

  /** Keeps the worker busy, so that all the others wait together. */
  async function keepBusy(): Promise<readonly string[]> {
    const slow = { prompt: `A slow river [slow:${SLOW_MS}]`, size: '256x256', async: true };
    const tasks = await Promise.all([1, 2].map(() => client.post('/v1/images/generations', slow)));
    expect(tasks.map(({ status }) => status)).toEqual([202, 202]);
    return tasks.map(({ body }) => body.task_id);
  }

  async function pollUntil(isOver: () => boolean, task: string): Promise<void> {
    while (!isOver()) {
      const began = performance.now();
      await client.get(`/v1/tasks/${task}`);
      polls.push(performance.now() - began);
      await sleep(20);
    }
  }

  /** As a caller whose line breaks. */
  async function hangUp(key: string): Promise<void> {
    const call = fetch(program.url + IMAGES, {
      method: 'POST',
      headers: { 'x-api-key': tenant.key, 'content-type': 'application/json', ...keyed(key) },
      body: JSON.stringify(small),
      signal: AbortSignal.timeout(SLOW_MS / 2),
    });
    await expect(call).rejects.toThrow();
  }

  it('are all answered, while those who poll and listen are answered at once', async () => {
    const tasks = await keepBusy();
    const began = performance.now();
    const stay = staying.map((key) => client.post(IMAGES, small, keyed(key)));
    const gone = leaving.map(hangUp);
    for (const task of tasks) {
      streams.push(client.get(`/v1/generations/${task.replace('task_', 'req_')}/events`));
    }
    let isOver = false;
    const polling = tasks.map((task) => pollUntil(() => isOver, task));
    answers = await Promise.all(stay).finally(() => {
      isOver = true;
    });
    await Promise.all([...gone, ...polling]);
    const seconds = ((performance.now() - began) / 1000).toFixed(1);
    const [p50, p99] = [percentile(polls, 0.5), percentile(polls, 0.99)];
    console.log(
      `${WAITING} waiting for ${WORKS + GONE} works: all answered in ${seconds} s; ${polls.length} polls, p50 ${p50} ms, p99 ${p99} ms`,
    );
    expect(answers.filter(({ status }) => status !== 200)).toEqual([]);
    expect(polls.length).toBeGreaterThan(100);
    expect(p99).toBeLessThan(LONGEST_POLL_MS);
  });

  it('leave the streams of those who listen alone', async () => {
    const ended = await Promise.all(streams);
    expect(ended).toHaveLength(2);
    for (const { body } of ended) expect(body).toMatch(/event: succeeded\n/);
  });

  it('lose nothing of a caller who hangs up: the key finds the work, which was paid for once', async () => {
    const find = (keys: readonly string[]) =>
      Promise.all(keys.map((key) => client.post(IMAGES, small, keyed(key))));
    const found = await find(leaving);
    const replayed = ({ status, headers }: Answer) =>
      status === 200 && headers.get('idempotency-replayed') === 'true';
    expect(found.filter(replayed)).toHaveLength(GONE);
    expect(new Set(found.map(({ body }) => body.job_id)).size).toBe(GONE);
    const jobs = new Map(staying.map((key, index) => [key, answers[index]?.body.job_id]));
    expect(answers.map(({ body }) => body.job_id)).toEqual(staying.map((key) => jobs.get(key)));
    await expect.poll(async () => (await client.get('/v1/balance')).body.held).toBe(0);
    const { body } = await client.get('/v1/balance');
    expect(body.available).toBe(TOKENS - PRICE * (WORKS + GONE) - SLOW_PRICE * 2);
  });
});
