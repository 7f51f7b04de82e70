import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { AcceptedRequests } from '../support/accepted-requests.js';
import { ApiClient } from '../support/api-client.js';
import { BLANK_MODEL, BLANK_PRICE } from '../support/blank-model.js';
import { ImprestProgram } from '../support/imprest-program.js';
import { randomSource } from '../support/random-source.js';
import { generationsOf, statementOf } from '../support/statement.js';
import { createTenant, type TestTenant } from '../support/tenants.js';

const KILLS = 20;
const KEYS = 400;
const CLIENTS = 6;
const TOKENS = 1_000;
const RETRY_MS = 30;

describe('killed at random moments while it works', () => {
  const seed = Number(process.env.CRASH_SEED ?? Date.now() % 2 ** 31);
  const random = randomSource(seed);
  let program: ImprestProgram;
  let tenant: TestTenant;
  let kills = 0;
  const client = () => new ApiClient(program.url, tenant.key);
  const accepted = new AcceptedRequests({ client, random, retryMs: RETRY_MS });

  beforeAll(async () => {
    console.log(`crash test: CRASH_SEED=${seed}`);
    program = await ImprestProgram.create();
    const file = join(program.dataDirectory, 'models.yaml');
    await writeFile(file, BLANK_MODEL);
    await program.start({ IMPREST_MODELS: file, LEASE_SECONDS: '3' });
    tenant = await createTenant(program.url, program.adminKey, TOKENS);
    await driveLoadAndKill(file);
  }, 400_000);

  afterAll(() => program?.dispose());

  async function driveLoadAndKill(modelsFile: string): Promise<void> {
    const keys = Array.from({ length: KEYS }, (_, index) => `key-${index}`);
    const clients = Array.from({ length: CLIENTS }, async () => {
      for (let key = keys.shift(); key !== undefined; key = keys.shift()) {
        await accepted.submit(key);
      }
    });
    let working = true;
    const load = Promise.all(clients).finally(() => {
      working = false;
    });
    while (working || kills < KILLS) {
      await new Promise((resolve) => setTimeout(resolve, 100 + random() * 900));
      if (kills >= KILLS) continue;
      await program.kill();
      kills += 1;
      await program.start({ IMPREST_MODELS: modelsFile, LEASE_SECONDS: '3' });
    }
    await load;
  }

  it('was killed at least 20 times and accepted every key once', () => {
    expect(kills).toBeGreaterThanOrEqual(KILLS);
    expect(new Set(accepted.ids).size).toBe(KEYS);
  });

  it('brings every accepted request to an end', async () => {
    for (const requestId of accepted.ids) {
      const record = await client().outcome(requestId, 60_000);
      expect(record.body.status, requestId).toBe('succeeded');
    }
  }, 180_000);

  it('has exactly one hold and one settle or release for each, and books that balance', async () => {
    const closed = async () =>
      generationsOf(await statementOf(client()), 'HoldSettled', 'HoldReleased');
    await expect.poll(closed, { timeout: 30_000, interval: 200 }).toEqual(accepted.ids);
    expect(generationsOf(await statementOf(client()), 'TokensHeld')).toEqual(accepted.ids);

    const { body: balance } = await client().get('/v1/balance');
    expect(balance).toMatchObject({ available: TOKENS - KEYS * BLANK_PRICE, held: 0 });
    const admin = new ApiClient(program.url, program.adminKey);
    const { body: trial } = await admin.get(`/admin/v1/ledger/trial-balance?tenantId=${tenant.id}`);
    expect(trial.total).toBe('0');
    const captured = trial.classes.find(
      ({ accountClass }: { accountClass: string }) => accountClass === 'promotional-used',
    );
    expect(Math.abs(Number(captured.tokens))).toBe(KEYS * BLANK_PRICE);
  }, 60_000);

  it('answers a repeat of every key with its first answer and charges nothing', async () => {
    const repeated = await accepted.send('key-0');
    expect(repeated.status).toBe(202);
    expect(repeated.headers.get('idempotency-replayed')).toBe('true');
    expect(repeated.body.requestId).toBe(accepted.idOf('key-0'));
    const { body: balance } = await client().get('/v1/balance');
    expect(balance.available).toBe(TOKENS - KEYS * BLANK_PRICE);
  });
});
