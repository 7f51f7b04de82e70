import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ApiClient } from '../support/api-client.js';
import { ImprestProgram } from '../support/imprest-program.js';
import { randomSource } from '../support/random-source.js';
import { createTenant, type TestTenant } from '../support/tenants.js';

const KILLS = 20;
const KEYS = 400;
const CLIENTS = 6;
const TOKENS = 1_000;
const PRICE = 2;

const models = `
version: crash-test
default: blank
models:
  blank:
    provider: noop
    tokensPerImage: { 2K: ${PRICE}, 4K: ${PRICE}, custom: ${PRICE} }
`;

interface Entry {
  readonly type: string;
  readonly generationId: string | null;
}

describe('killed at random moments while it works', () => {
  const seed = Number(process.env.CRASH_SEED ?? Date.now() % 2 ** 31);
  const random = randomSource(seed);
  let program: ImprestProgram;
  let tenant: TestTenant;
  /** Answers by idempotency key: every one of them was accepted, whatever happened since. */
  const accepted = new Map<string, string>();
  let kills = 0;

  beforeAll(async () => {
    console.log(`crash test: CRASH_SEED=${seed}`);
    program = await ImprestProgram.create();
    const file = join(program.dataDirectory, 'models.yaml');
    await writeFile(file, models);
    await program.start({ IMPREST_MODELS: file, LEASE_SECONDS: '3' });
    tenant = await createTenant(program.url, program.adminKey, TOKENS);
    await driveLoadAndKill(file);
  }, 400_000);

  afterAll(() => program?.dispose());

  const client = () => new ApiClient(program.url, tenant.key);

  async function submit(key: string): Promise<void> {
    while (!accepted.has(key)) {
      try {
        const answer = await client().post(
          '/v1/generations',
          { endUserEmail: `user${key.length}@example.com`, prompt: `A meadow, view ${key}` },
          { 'idempotency-key': key },
        );
        if (answer.status === 202) accepted.set(key, answer.body.requestId);
        else if (answer.status < 500 && answer.status !== 429) {
          throw new Error(`${key}: ${answer.status} ${JSON.stringify(answer.body)}`);
        }
      } catch (error) {
        // The program is down: that is what this test is about.
        if (error instanceof Error && /^\S+: \d{3} /.test(error.message)) throw error;
      }
      await new Promise((resolve) => setTimeout(resolve, 20 + random() * 60));
    }
  }

  async function driveLoadAndKill(modelsFile: string): Promise<void> {
    const keys = Array.from({ length: KEYS }, (_, index) => `key-${index}`);
    const clients = Array.from({ length: CLIENTS }, async () => {
      for (let key = keys.shift(); key !== undefined; key = keys.shift()) await submit(key);
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

  async function allEntries(): Promise<Entry[]> {
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

  it('was killed at least 20 times and accepted every key once', () => {
    expect(kills).toBeGreaterThanOrEqual(KILLS);
    expect(accepted.size).toBe(KEYS);
    expect(new Set(accepted.values()).size).toBe(KEYS);
  });

  it('brings every accepted request to an end', async () => {
    for (const requestId of accepted.values()) {
      const record = await client().outcome(requestId, 60_000);
      expect(record.body.status, requestId).toBe('succeeded');
    }
  }, 180_000);

  it('has exactly one hold and one settle or release for each, and books that balance', async () => {
    const deadline = Date.now() + 30_000;
    let entries = await allEntries();
    const closings = () =>
      entries.filter(({ type }) => type === 'HoldSettled' || type === 'HoldReleased');
    while (closings().length < KEYS && Date.now() < deadline) {
      await new Promise((resolve) => setTimeout(resolve, 200));
      entries = await allEntries();
    }
    const held = entries.filter(({ type }) => type === 'TokensHeld');
    const ids = [...accepted.values()].sort();
    expect(held.map(({ generationId }) => generationId).sort()).toEqual(ids);
    expect(
      closings()
        .map(({ generationId }) => generationId)
        .sort(),
    ).toEqual(ids);

    const { body: balance } = await client().get('/v1/balance');
    expect(balance).toMatchObject({ available: TOKENS - KEYS * PRICE, held: 0 });
    const admin = new ApiClient(program.url, program.adminKey);
    const { body: trial } = await admin.get(`/admin/v1/ledger/trial-balance?tenantId=${tenant.id}`);
    expect(trial.total).toBe('0');
    const captured = trial.classes.find(
      ({ accountClass }: { accountClass: string }) => accountClass === 'promotional-used',
    );
    expect(Math.abs(Number(captured.tokens))).toBe(KEYS * PRICE);
  }, 60_000);

  it('answers a repeat of every key with its first answer and charges nothing', async () => {
    const [key, requestId] = [...accepted][0]!;
    const repeated = await client().post(
      '/v1/generations',
      { endUserEmail: `user${key.length}@example.com`, prompt: `A meadow, view ${key}` },
      { 'idempotency-key': key },
    );
    expect(repeated.status).toBe(202);
    expect(repeated.headers.get('idempotency-replayed')).toBe('true');
    expect(repeated.body.requestId).toBe(requestId);
    const { body: balance } = await client().get('/v1/balance');
    expect(balance.available).toBe(TOKENS - KEYS * PRICE);
  });
});
