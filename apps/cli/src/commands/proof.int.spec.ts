import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { webhookMessageId } from '@imprest/application';
import { PostgresEventStore } from '@imprest/event-store-postgres';
import {
  type ChargeProof,
  chargeProofSchema,
  chargeStory,
  ledgerBundleLineSchema,
  verifyChargeProof,
} from '@imprest/ledger-seal';
import { allMigrations, currentSealKey } from '@imprest/platform';
import {
  ChargeProofs,
  createDataSource,
  PostgresCheckpointStore,
  projectors,
  runMigrations,
} from '@imprest/read-models';
import {
  allocationsOf,
  exampleEvent,
  exampleIds,
  generationRequest,
  priceQuote,
  tokensGranted,
  tokensPurchased,
} from '@imprest/testkit/domain';
import { createTestDatabase, type TestDatabase } from '@imprest/testkit/postgres';
import { RecordedLog } from '@imprest/testkit/projections';
import { Ajv2020 } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { CliTrial } from '../../../../test/support/cli-trial.js';
import { ledgerCommand } from './ledger.js';
import { proofCommand } from './proof.js';

const { tenantId, generationId } = exampleIds;
const price = priceQuote({ images: 4, perImage: 10n });
let database: TestDatabase;
let store: PostgresEventStore;
let cli: CliTrial;
let folder: string;
let publicKey: string;

/** What a running program would have projected by now. */
async function projectAll(): Promise<void> {
  const checkpoints = new PostgresCheckpointStore({ connectionString: database.url });
  for (const { name, categories, project } of projectors) {
    const after = await checkpoints.load(name);
    for await (const events of store.readAll({ after, categories })) {
      await checkpoints.advance(name, events.at(-1)!.position, (sql) => project(events, sql));
    }
  }
  await checkpoints.close();
}

/** Three of four images were made and kept; one of them was given back later. */
function charge(log: RecordedLog): void {
  const ofGrant = { gift: 15n };
  log.record(tenantId, exampleEvent('AccountOpened'), tokensPurchased('paid', 100n));
  log.record(tenantId, tokensGranted('gift', 15n));
  log.record(generationId, { type: 'GenerationRequested', data: generationRequest({ price }) });
  const allocations = allocationsOf({ ...ofGrant, paid: 25n });
  const held = { generationId, tokens: price.total, allocations, price };
  log.record(tenantId, { type: 'TokensHeld', data: held });
  log.record(generationId, exampleEvent('JobQueued'));
  const leased = (attempt: number) =>
    ({ type: 'JobLeased', data: { workerId: `wrk_${attempt}`, fence: attempt, attempt } }) as const;
  const failed = {
    fence: 1,
    attempt: 1,
    failureClass: 'infrastructure',
    message: 'out of memory',
    usage: null,
    unresolvedAttempt: null,
  } as const;
  log.record(generationId, leased(1));
  log.record(generationId, { type: 'JobAttemptFailed', data: { ...failed, retryAt: null } });
  log.record(
    generationId,
    leased(2),
    exampleEvent('GenerationStarted'),
    exampleEvent('JobSucceeded'),
    exampleEvent('ImageStored'),
  );
  const { data } = exampleEvent('GenerationSucceeded');
  log.record(generationId, {
    type: 'GenerationSucceeded',
    data: { ...data, charged: 30n, refunded: 10n },
  });
  const captured = allocationsOf({ ...ofGrant, paid: 15n });
  const settled = { generationId, captured, released: allocationsOf({ paid: 10n }) };
  log.record(tenantId, { type: 'HoldSettled', data: settled });
  const message = exampleEvent('WebhookMessageCreated');
  log.record(webhookMessageId(generationId), message, exampleEvent('WebhookAttempted'));
  const refund = { refundId: 'ref_1', generationId, allocations: allocationsOf({ paid: 10n }) };
  log.record(tenantId, { type: 'TokensRefunded', data: { ...refund, reason: 'a seam' } });
}

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'charge-proof-'));
  database = await createTestDatabase();
  await runMigrations(database.url, allMigrations);
  store = await PostgresEventStore.connect({ connectionString: database.url });
  cli = new CliTrial((terminal) => [ledgerCommand(terminal), proofCommand(terminal)], {
    ...{ DATABASE_URL: database.url, IMPREST_DATA_DIR: folder },
  });
  currentSealKey({ dataDirectory: folder, sealKey: undefined });
  const log = new RecordedLog();
  charge(log);
  await log.appendTo(store);
  await projectAll();
});
afterAll(async () => {
  await store.close();
  await database.drop();
  rmSync(folder, { recursive: true });
});

async function proofDocument(): Promise<Record<string, unknown>> {
  return (await cli.run('proof', generationId, '--json')).json()[0]!;
}

describe('imprest proof', () => {
  test('before any seal it names the chain that its entries are part of', async () => {
    const { out, code } = await cli.run('proof', generationId);
    expect(out).toContain(
      '16 of 16 records are under no seal yet; the chain stands at revision 5.',
    );
    expect(code).toBe(0);
    const verified = verifyChargeProof(await proofDocument());
    expect(verified).toMatchObject({ records: 16, sealed: 0, findings: [] });
  });

  test('tells the charge in the order a reader asks', async () => {
    await cli.run('ledger', 'seal');
    await projectAll();
    publicKey = (await cli.run('ledger', 'seal-key')).out.trim();
    const { out } = await cli.run('proof', generationId);
    expect(out).toContain('4 x landscape-1 at 10, 40 tokens');
    expect(out).toContain('settled: 40 held, 30 captured, 10 released, 10 refunded');
    expect(out).toContain('lot       gift (promotional): 15 held, 15 captured');
    expect(out).toContain('lot       paid (purchased): 25 held, 15 captured');
    expect(out).toContain(`image       0 image/png ${exampleIds.sha256}`);
    expect(out).toMatch(/attempt +1 on wrk_1 at .*, failed: infrastructure: out of memory/);
    expect(out).toMatch(/outcome +succeeded at .*, 30 tokens charged/);
    expect(out).toMatch(/webhook .* attempt 1 at .*: retry \(HTTP 503\)/);
    expect(out).toContain('All 16 records are under seal 1.');
  });

  test('is checked with a file and a key alone, and whoever changes it is found out', async () => {
    const file = join(folder, 'proof.json');
    await cli.run('proof', generationId, '--out', file);
    const elsewhere = new CliTrial((terminal) => [ledgerCommand(terminal)], { DATABASE_URL: '-' });
    const check = () =>
      elsewhere.run('ledger', 'verify', '--bundle', file, '--public-key', publicKey);
    const good = await check();
    expect(good.out).toContain('Intact. 16 of 16 records are under a signed seal.');
    expect(good.out).toContain('vouches for 16 of 16 sealed records');
    expect(good.code).toBe(0);
    writeFileSync(file, readFileSync(file, 'utf8').replace('"captured": "30"', '"captured": "29"'));
    expect(await check()).toMatchObject({ code: 1, out: expect.stringContaining('NOT INTACT') });
  });

  test('of an earlier version, which does not name its images, is as good', async () => {
    const document = await proofDocument();
    const { images: _, ...charge } = document.charge as Record<string, unknown>;
    expect(verifyChargeProof({ ...document, charge }).findings).toEqual([]);
  });

  test('of which any byte was changed is found out', async () => {
    const bytes = Buffer.from(JSON.stringify(await proofDocument()));
    const places = fc.sample(fc.tuple(fc.nat(bytes.length - 1), fc.integer({ min: 0, max: 7 })), {
      ...{ seed: 3, numRuns: 400 },
    });
    for (const [at, bit] of places) {
      const changed = Buffer.from(bytes);
      changed[at] = changed[at]! ^ (1 << bit);
      const around = bytes.subarray(Math.max(0, at - 20), at + 20).toString();
      const found = isFoundOut(changed.toString('utf8'));
      expect([at, bit, around, found]).toEqual([at, bit, around, true]);
    }
  });

  test('a record left out is missed, but for the last of a stream that the charge reads the same without', async () => {
    const document = (await proofDocument()) as { records: { event: { type: string } }[] };
    for (const index of document.records.keys()) {
      const records = document.records.filter((_, at) => at !== index);
      const isMissed = isFoundOut(JSON.stringify({ ...document, records }));
      const { type } = document.records[index]!.event;
      expect([type, isMissed]).toEqual([type, type !== 'JobSucceeded']);
    }
  });

  test('is what its published schema says, and so is every line of a bundle', async () => {
    const ajv = new Ajv2020({ strict: false });
    formats.default(ajv);
    const isProof = ajv.compile(chargeProofSchema);
    expect([isProof(await proofDocument()), isProof.errors]).toEqual([true, null]);
    const isLine = ajv.compile(ledgerBundleLineSchema);
    const file = join(folder, 'bundle.jsonl');
    await cli.run('ledger', 'bundle', '--out', file);
    const lines = readFileSync(file, 'utf8').trimEnd().split('\n');
    expect(lines.filter((line) => !isLine(JSON.parse(line)))).toEqual([]);
  });

  test('a generation nobody asked for has none', async () => {
    const { code, err } = await cli.run('proof', 'req_00000000000000000000000000');
    expect([code, err]).toEqual([2, expect.stringContaining('there is no generation')]);
  });
});

function isFoundOut(text: string): boolean {
  try {
    const { findingsCount, records, sealed } = verifyChargeProof(JSON.parse(text));
    return findingsCount > 0 || sealed < records;
  } catch {
    return true;
  }
}

describe('the story of a charge', () => {
  let proof: ChargeProof;
  beforeAll(async () => {
    const dataSource = await createDataSource({ url: database.url });
    proof = (await new ChargeProofs(dataSource, store).of(generationId))!;
    await dataSource.destroy();
  });

  test.each([
    ['GenerationSucceeded', '"charged":"30"', '"charged":"40"', 'the outcome says 40 was charged'],
    ['TokensHeld', '"perImage":"10"', '"perImage":"9"', 'the price held differs'],
    ['HoldSettled', '"tokens":"10"', '"tokens":"9"', 'of lot paid 25 was held, but 24 closed'],
    ['TokensRefunded', '"tokens":"10"', '"tokens":"16"', 'more of lot paid was refunded'],
    ['TokensHeld', generationId, 'req_another', 'is about generation req_another'],
  ])('of which %s says another thing has a problem', (type, from, to, problem) => {
    const records = proof.records.map((record) =>
      record.event.type === type
        ? { ...record, event: { ...record.event, data: record.event.data.replace(from, to) } }
        : record,
    );
    expect(chargeStory(generationId, records).problems.join('; ')).toContain(problem);
  });

  test('that is right has none', () => {
    const { story, problems } = chargeStory(generationId, proof.records);
    expect(problems).toEqual([]);
    expect(story.lots.map(({ price }) => price?.minorUnits)).toEqual([undefined, '100']);
  });
});
