import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { AcceptedRequests } from '../support/accepted-requests.js';
import { ApiClient } from '../support/api-client.js';
import { BLANK_PRICE } from '../support/blank-model.js';
import { LocalHttpServer } from '../support/local-http-server.js';
import { randomSource } from '../support/random-source.js';
import { generationsOf, statementOf } from '../support/statement.js';
import { createTenant, type TestTenant } from '../support/tenants.js';
import { faultPlan, killPlan } from './services/faults.js';
import { Trial } from './services/trial.js';

/** Of every kind, or kills of those that hold leases alone. */
const onlyKills = process.env.FAULTS_OF === 'kills';
const FAULTS = Number(process.env.FAULTS ?? (onlyKills ? 100 : 50));
const CLIENTS = 6;
const TOKENS = 1_000_000;
const BETWEEN_FAULTS_MS = 1_000;
/** No more than what is left of the product between two kills gets done: what piles up is only waited for. */
const BETWEEN_REQUESTS_MS = onlyKills ? 1_500 : 400;
const RETRY_MS = 50;
const SETTLE_MS = 300_000;
const RUN_MS = 3_600_000;

describe(`the services on EventStoreDB's protocol and Kafka, hurt ${FAULTS} times under load`, () => {
  const seed = Number(process.env.FAULTS_SEED ?? Date.now() % 2 ** 31);
  const random = randomSource(seed);
  let trial: Trial;
  let receiver: LocalHttpServer;
  let tenant: TestTenant;
  const client = () => new ApiClient(trial.apiUrl, tenant.key);
  let accepted: AcceptedRequests;
  const happened: string[] = [];

  beforeAll(async () => {
    const of = onlyKills ? 'kills' : 'everything';
    console.log(`fault test: FAULTS_OF=${of} FAULTS_SEED=${seed} FAULTS=${FAULTS}`);
    receiver = await LocalHttpServer.start();
    trial = await Trial.start();
    tenant = await createTenant(trial.apiUrl, trial.adminKey, TOKENS);
    const webhookUrl = `${receiver.url}/done`;
    accepted = new AcceptedRequests({ client, random, retryMs: RETRY_MS, webhookUrl });
    await driveLoadThroughFaults();
  }, RUN_MS);
  afterAll(async () => {
    await trial?.dispose();
    await receiver?.stop();
  }, SETTLE_MS);

  async function driveLoadThroughFaults(): Promise<void> {
    let over = false;
    let keys = 0;
    const plan = onlyKills ? killPlan(random, FAULTS) : faultPlan(random, FAULTS);
    const lanes = Array.from({ length: CLIENTS }, async () => {
      while (!over) {
        keys += 1;
        await accepted.submit(`key-${keys}`);
        // Enough to have work everywhere at any moment; what was accepted is looked at one by one below.
        await delay(BETWEEN_REQUESTS_MS * (1 + random()));
      }
    });
    try {
      for (const fault of plan) {
        await delay(random() * BETWEEN_FAULTS_MS);
        console.log(`fault ${happened.length + 1}: ${fault.name}; ${accepted.count} accepted`);
        await fault.happen(trial, random);
        happened.push(fault.name);
      }
    } finally {
      over = true;
    }
    await trial.heal();
    await Promise.all(lanes);
  }

  it('went on accepting, each key once', () => {
    expect(happened.length).toBeGreaterThanOrEqual(FAULTS);
    expect(accepted.count).toBeGreaterThan(FAULTS);
    expect(new Set(accepted.ids).size).toBe(accepted.count);
  });

  it(
    'brings every accepted request to its end',
    async () => {
      const unfinished = async () => {
        const open: string[] = [];
        for (const requestId of accepted.ids) {
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
      const { ids } = accepted;
      const closed = async () =>
        generationsOf(await statementOf(client()), 'HoldSettled', 'HoldReleased');
      await expect.poll(closed, { timeout: SETTLE_MS, interval: 2_000 }).toEqual(ids);
      expect(generationsOf(await statementOf(client()), 'TokensHeld')).toEqual(ids);
      const { body: balance } = await client().get('/v1/balance');
      expect(balance).toMatchObject({ available: TOKENS - ids.length * BLANK_PRICE, held: 0 });
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
      const missing = () => accepted.ids.filter((id) => !told().has(id));
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
