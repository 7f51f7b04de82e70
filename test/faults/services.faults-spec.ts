import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ApiClient } from '../support/api-client.js';
import { LocalHttpServer } from '../support/local-http-server.js';
import { randomSource } from '../support/random-source.js';
import { createTenant, type TestTenant } from '../support/tenants.js';
import { faultPlan } from './services/faults.js';
import { PRICE, Trial } from './services/trial.js';

const FAULTS = Number(process.env.FAULTS ?? 50);
const CLIENTS = 6;
const TOKENS = 1_000_000;
const BETWEEN_FAULTS_MS = 1_000;
const BETWEEN_REQUESTS_MS = 400;
const RETRY_MS = 50;
const SETTLE_MS = 300_000;
const RUN_MS = 3_600_000;

interface Entry {
  readonly type: string;
  readonly generationId: string | null;
}

describe(`the services on EventStoreDB's protocol and Kafka, hurt ${FAULTS} times under load`, () => {
  const seed = Number(process.env.FAULTS_SEED ?? Date.now() % 2 ** 31);
  const random = randomSource(seed);
  let trial: Trial;
  let receiver: LocalHttpServer;
  let tenant: TestTenant;
  /** Request ids by idempotency key: every one of them was accepted, whatever happened since. */
  const accepted = new Map<string, string>();
  const happened: string[] = [];

  beforeAll(async () => {
    console.log(`fault test: FAULTS_SEED=${seed} FAULTS=${FAULTS}`);
    receiver = await LocalHttpServer.start();
    trial = await Trial.start();
    tenant = await createTenant(trial.apiUrl, trial.adminKey, TOKENS);
    await driveLoadThroughFaults();
  }, RUN_MS);
  afterAll(async () => {
    await trial?.dispose();
    await receiver?.stop();
  }, SETTLE_MS);

  const client = () => new ApiClient(trial.apiUrl, tenant.key);

  async function submit(key: string): Promise<void> {
    while (!accepted.has(key)) {
      try {
        const answer = await client().post(
          '/v1/generations',
          {
            endUserEmail: `user${key.length}@example.com`,
            prompt: `A meadow, view ${key}`,
            webhookUrl: `${receiver.url}/done`,
          },
          { 'idempotency-key': key },
        );
        if (answer.status === 202) accepted.set(key, answer.body.requestId);
        else if (answer.status < 500 && answer.status !== 429) {
          throw new Error(`${key}: ${answer.status} ${JSON.stringify(answer.body)}`);
        }
      } catch (error) {
        // The process it spoke to is down or cut off: that is what this test is about.
        if (error instanceof Error && /^\S+: \d{3} /.test(error.message)) throw error;
      }
      await delay(RETRY_MS * (1 + random()));
    }
  }

  async function driveLoadThroughFaults(): Promise<void> {
    let over = false;
    let keys = 0;
    const lanes = Array.from({ length: CLIENTS }, async () => {
      while (!over) {
        keys += 1;
        await submit(`key-${keys}`);
        // Enough to have work everywhere at any moment; what was accepted is looked at one by one below.
        await delay(BETWEEN_REQUESTS_MS * (1 + random()));
      }
    });
    try {
      for (const fault of faultPlan(random, FAULTS)) {
        await delay(random() * BETWEEN_FAULTS_MS);
        console.log(`fault ${happened.length + 1}: ${fault.name}; ${accepted.size} accepted`);
        await fault.happen(trial, random);
        happened.push(fault.name);
      }
    } finally {
      over = true;
    }
    await trial.heal();
    await Promise.all(lanes);
  }

  async function allEntries(): Promise<readonly Entry[]> {
    const entries: Entry[] = [];
    let cursor: string | null = null;
    do {
      const query: string = cursor === null ? '' : `&cursor=${cursor}`;
      const { body } = await client().get(`/v1/ledger/entries?limit=100${query}`);
      entries.push(...body.entries);
      cursor = body.nextCursor;
    } while (cursor !== null);
    return entries;
  }

  const idsOf = (entries: readonly Entry[], ...types: readonly string[]) =>
    entries
      .filter(({ type }) => types.includes(type))
      .map(({ generationId }) => generationId)
      .sort();

  it('went on accepting, each key once', () => {
    expect(happened.length).toBeGreaterThanOrEqual(FAULTS);
    expect(accepted.size).toBeGreaterThan(FAULTS);
    expect(new Set(accepted.values()).size).toBe(accepted.size);
  });

  it(
    'brings every accepted request to its end',
    async () => {
      const unfinished = async () => {
        const open: string[] = [];
        for (const requestId of accepted.values()) {
          const { body } = await client().get(`/v1/generations/${requestId}`);
          if (body.status !== 'succeeded') open.push(`${requestId} ${body.status}`);
        }
        return open;
      };
      await expect.poll(unfinished, { timeout: SETTLE_MS, interval: 2_000 }).toEqual([]);
    },
    2 * SETTLE_MS,
  );

  it(
    'has one hold and one settlement for each, and books that balance',
    async () => {
      const ids = [...accepted.values()].sort();
      const closed = async () => idsOf(await allEntries(), 'HoldSettled', 'HoldReleased');
      await expect.poll(closed, { timeout: SETTLE_MS, interval: 2_000 }).toEqual(ids);
      expect(idsOf(await allEntries(), 'TokensHeld')).toEqual(ids);
      const { body: balance } = await client().get('/v1/balance');
      expect(balance).toMatchObject({ available: TOKENS - ids.length * PRICE, held: 0 });
      const admin = new ApiClient(trial.apiUrl, trial.adminKey);
      const { body: trialBalance } = await admin.get('/admin/v1/ledger/trial-balance');
      expect(trialBalance.total).toBe('0');
    },
    2 * SETTLE_MS,
  );

  it(
    'has told of every one by webhook, repeats under the same message id',
    async () => {
      const told = () => {
        const messages = new Map<string, Set<string>>();
        for (const { headers, body } of receiver.received) {
          const { requestId } = JSON.parse(body.toString());
          const ids = messages.get(requestId) ?? new Set();
          messages.set(requestId, ids.add(String(headers['webhook-id'])));
        }
        return messages;
      };
      const missing = () => [...accepted.values()].filter((id) => !told().has(id));
      await expect.poll(missing, { timeout: SETTLE_MS, interval: 1_000 }).toEqual([]);
      for (const [requestId, ids] of told()) expect(ids.size, requestId).toBe(1);
    },
    2 * SETTLE_MS,
  );

  it(
    'leaves nothing parked, nothing behind and books that verify',
    async () => {
      const parked = await trial.cli('parked', 'list', '--json');
      expect({ code: parked.code, parked: parked.out.trim() }).toEqual({ code: 0, parked: '' });
      const behind = async () => (await trial.cli('lag', '--max-seconds', '5')).code;
      await expect.poll(behind, { timeout: SETTLE_MS, interval: 1_000 }).toBe(0);
      const verified = await trial.cli('ledger', 'verify');
      expect({ code: verified.code, output: verified.out }).toMatchObject({ code: 0 });
    },
    2 * SETTLE_MS,
  );
});
