import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startEmbeddedPostgres } from '@imprest/postgres-embedded';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ApiClient } from '../support/api-client.js';
import { ImprestProgram } from '../support/imprest-program.js';
import { createTenant } from '../support/tenants.js';

const body = { endUserEmail: 'ada@example.com', prompt: 'A quiet harbour at dusk' };

describe('200 requests at once on an account with tokens for 50', () => {
  let directory: string;
  let database: Awaited<ReturnType<typeof startEmbeddedPostgres>>;
  let first: ImprestProgram;
  let second: ImprestProgram;

  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), 'imprest-race-'));
    database = await startEmbeddedPostgres({ dataDirectory: directory });
    const shared = {
      DATABASE_URL: database.connectionString,
      IMPREST_MASTER_KEY: randomBytes(32).toString('base64'),
    };
    first = await (await ImprestProgram.create(shared)).start();
    second = await ImprestProgram.create(shared);
    await second.start({ IMPREST_ADMIN_KEY: first.adminKey });
  });

  afterAll(async () => {
    await first?.kill();
    await second?.kill();
    await first?.dispose();
    await second?.dispose();
    await database?.stop();
    await rm(directory, { recursive: true, force: true });
  });

  async function race(urls: readonly string[]) {
    const tenant = await createTenant(first.url, first.adminKey, 500);
    const clients = urls.map((url) => new ApiClient(url, tenant.key));
    const answers = await Promise.all(
      Array.from({ length: 200 }, (_, index) =>
        clients[index % clients.length]!.post('/v1/generations', body),
      ),
    );
    const count = (status: number) => answers.filter((answer) => answer.status === status).length;
    const entries = await heldEntries(tenant.client);
    return { accepted: count(202), refused: count(402), answers, entries };
  }

  async function heldEntries(client: ApiClient): Promise<number> {
    const deadline = Date.now() + 10_000;
    for (;;) {
      const { body: page } = await client.get('/v1/ledger/entries?limit=100');
      const held = page.entries.filter(({ type }: { type: string }) => type === 'TokensHeld');
      if (held.length >= 50 || Date.now() > deadline) return held.length;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }

  it('accepts exactly 50 in one process and answers 402 to the rest', async () => {
    const { accepted, refused, answers, entries } = await race([first.url]);
    expect({ accepted, refused, entries }).toEqual({ accepted: 50, refused: 150, entries: 50 });
    const error = answers.find(({ status }) => status === 402)?.body.error;
    expect(error).toMatchObject({ code: 'insufficient_balance', balance: 0, required: 10 });
  });

  it('accepts exactly 50 across two processes on one database', async () => {
    const { accepted, refused, entries } = await race([first.url, second.url]);
    expect({ accepted, refused, entries }).toEqual({ accepted: 50, refused: 150, entries: 50 });
  });
});
