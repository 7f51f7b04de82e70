import {
  type CommandContext,
  DeciderRunner,
  type StreamAppend,
  tokenAccountStream,
} from '@imprest/application';
import { type DomainEvent, type TokenAccountEvent, tokenAccount } from '@imprest/domain';
import { definitionOf, streamName, toDomainEvent, toEnvelope } from '@imprest/event-catalogue';
import {
  migrations as eventStoreMigrations,
  PostgresEventStore,
} from '@imprest/event-store-postgres';
import { newSealKeyPem, type SealKey, sealKeyFromPem } from '@imprest/ledger-seal';
import { fixedClock, InMemorySnapshotStore } from '@imprest/testkit';
import { tokenAccountHistory } from '@imprest/testkit/arbitraries';
import { exampleEvent } from '@imprest/testkit/domain';
import { createTestDatabase, type TestDatabase } from '@imprest/testkit/postgres';
import fc from 'fast-check';
import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { PostgresCheckpointStore } from '../consuming/postgres-checkpoint-store.js';
import { PostgresSnapshotStore } from '../consuming/postgres-snapshot-store.js';
import { journalProjector } from '../ledger/journal-projector.js';
import { migrations } from '../migrations/index.js';
import type { TableProjector } from '../projections/index.js';
import {
  LedgerNotIntact,
  LedgerSealing,
  namePrefixesOfSnapshots,
  rotateSealKey,
  sealLedger,
  sealsProjector,
  verifyLedger,
} from './index.js';

const context: CommandContext = {
  ...{ correlationId: 'test', causationId: 'test' },
  actor: { kind: 'system', id: 'test' },
};
const TENANTS = ['ten_a', 'ten_b', 'ten_c'];

/** A store with the history of a few tenants, its journal, and two seals; the last events are under none. */
class SealedLedger {
  readonly clock = fixedClock();
  readonly key = sealKeyFromPem(newSealKeyPem());
  readonly runner: DeciderRunner;
  private readonly revisions = new Map<string, number>();
  private events = 0;

  private constructor(
    readonly database: TestDatabase,
    readonly store: PostgresEventStore,
    readonly sql: Client,
    private readonly checkpoints: PostgresCheckpointStore,
  ) {
    const snapshots = new InMemorySnapshotStore();
    this.runner = new DeciderRunner({ store, snapshots, clock: this.clock });
  }

  static async open(): Promise<SealedLedger> {
    const database = await createTestDatabase({
      migrations: [...eventStoreMigrations, ...migrations],
    });
    const connectionString = database.url;
    const store = await PostgresEventStore.connect({ connectionString });
    const sql = new Client({ connectionString });
    await sql.connect();
    const checkpoints = new PostgresCheckpointStore({ connectionString });
    return new SealedLedger(database, store, sql, checkpoints);
  }

  async close(): Promise<void> {
    await this.checkpoints.close();
    await this.store.close();
    await this.sql.end();
    await this.database.drop();
  }

  async append(id: string, ...events: readonly DomainEvent[]): Promise<void> {
    if (events.length === 0) return;
    const stream = streamName(definitionOf(events[0]!.type).category, id);
    const expectedRevision = this.revisions.get(stream) ?? -1;
    this.revisions.set(stream, expectedRevision + events.length);
    const append: StreamAppend = {
      ...{ stream, expectedRevision },
      events: events.map((event) => {
        this.events += 1;
        this.clock.advance(1_000);
        const eventId = `00000000-0000-7000-8000-${String(this.events).padStart(12, '0')}`;
        return toEnvelope(event, eventId, { ...context, occurredAt: this.clock.isoNow() });
      }),
    };
    await this.store.append([append]);
  }

  /** Accounts take turns, three facts each, with an event of something else in between. */
  async play(histories: readonly (readonly TokenAccountEvent[])[]): Promise<void> {
    const longest = Math.max(...histories.map(({ length }) => length));
    for (let at = 0; at < longest; at += 3) {
      for (const [index, history] of histories.entries()) {
        await this.append(TENANTS[index]!, ...history.slice(at, at + 3));
      }
      await this.append(`req_${this.events}`, exampleEvent('GenerationRequested'));
    }
    await this.project(journalProjector);
  }

  async project(projector: TableProjector): Promise<void> {
    const { name, categories } = projector;
    const after = await this.checkpoints.load(name);
    for await (const page of this.store.readAll({ after, categories })) {
      await this.checkpoints.advance(name, page.at(-1)!.position, (sql) =>
        projector.project(page, sql),
      );
    }
    const head = await this.store.head();
    await this.checkpoints.advance(name, head, async () => {});
  }

  async seal(knownBefore?: Date) {
    const services = { eventStore: this.store, ...this, connectionString: this.database.url };
    const sealed = await sealLedger(services, { key: this.key, context, knownBefore });
    await this.project(sealsProjector);
    return sealed;
  }

  verify(options: { trusted?: SealKey } = {}) {
    const { store: eventStore, database } = this;
    return verifyLedger({ eventStore, connectionString: database.url, ...options });
  }
}

function histories(seed: number, steps: number): TokenAccountEvent[][] {
  return TENANTS.map((tenantId, index) => [
    ...fc.sample(
      fc.noShrink(tokenAccountHistory(tenantId, steps).filter(({ length }) => length > steps / 3)),
      { seed: seed + index, numRuns: 1 },
    )[0]!,
  ]);
}

const parts = (all: readonly TokenAccountEvent[][], from: number, to: number) =>
  all.map((history) =>
    history.slice(Math.floor(history.length * from), Math.floor(history.length * to)),
  );

async function sealedLedger(steps: number): Promise<SealedLedger> {
  const ledger = await SealedLedger.open();
  const all = histories(4711, steps);
  await ledger.play(parts(all, 0, 0.4));
  await ledger.seal();
  await ledger.play(parts(all, 0.4, 0.8));
  await ledger.seal();
  await ledger.play(parts(all, 0.8, 1));
  return ledger;
}

describe('a sealed ledger', () => {
  let ledger: SealedLedger;
  beforeAll(async () => {
    ledger = await sealedLedger(80);
  });
  afterAll(() => ledger.close());

  test('is verified from the first event to the last', async () => {
    const verified = await ledger.verify({ trusted: ledger.key });
    expect(verified.findings).toEqual([]);
    expect(verified).toMatchObject({ accounts: 3, seals: 2, vouchedUpTo: 2, notBooked: 0 });
    expect(verified.entries).toBeGreaterThan(60);
    expect(verified.events).toBeGreaterThan(verified.entries);
    expect(verified.upTo).toBe(await ledger.store.head());
    expect(verified.sealedUpTo).toBeLessThan(verified.upTo);
  });

  test('a foreign key vouches for none of its seals', async () => {
    const trusted = sealKeyFromPem(newSealKeyPem());
    expect(await ledger.verify({ trusted })).toMatchObject({ vouchedUpTo: 0, findingsCount: 0 });
  });
});

describe('flipping one bit', () => {
  let ledger: SealedLedger;
  beforeAll(async () => {
    ledger = await sealedLedger(40);
    await ledger.sql.query(UNGUARDED);
  });
  afterAll(() => ledger.close());

  test('of any stored event, entry, seal, balance, lot, leaf or account is found and named', async () => {
    const tried: string[] = [];
    const random = fc.sample(fc.nat(2 ** 31 - 1), { seed: 42, numRuns: 4_000 });
    const draw = () => random.pop()!;
    expect((await ledger.verify()).findings).toEqual([]);
    while (tried.length < FLIPS) {
      const flip = await flipSomewhere(ledger.sql, draw);
      if (flip === undefined) continue;
      const { findings } = await ledger.verify();
      const first = findings[0];
      const named = findings.length > 0 && flip.names.some((name) => words(first).includes(name));
      expect([flip.what, words(first), named]).toEqual([flip.what, words(first), true]);
      await flip.undo();
      tried.push(flip.what);
    }
    expect((await ledger.verify()).findings).toEqual([]);
    const columns = new Set(tried.map((what) => what.split(' ')[0]));
    expect(columns.size).toBeGreaterThan(30);
  }, 240_000);
});

const FLIPS = 300;
const words = (finding: object | undefined) =>
  JSON.stringify(finding, (_, value) => (typeof value === 'bigint' ? `#${value}#` : value)) ?? '';

/** Everything that would stand in the way of someone who writes to the database behind its back. */
const UNGUARDED = `
  set session_replication_role = replica;
  alter table event_store.events alter column position set generated by default;
  do $$ declare each record; begin
    for each in select conrelid::regclass as name, conname from pg_constraint
      where contype in ('c', 'u') and connamespace::regnamespace::text in ('ledger', 'ledger_seal', 'event_store')
    loop execute format('alter table %s drop constraint %I', each.name, each.conname); end loop;
  end $$`;

interface Flip {
  readonly what: string;
  /** Any of them has to be in the first finding. */
  readonly names: readonly string[];
  undo(): Promise<void>;
}

const TABLES = [
  [
    'event_store.events',
    "split_part(stream, '-', 1) in ('tokenAccount', 'ledgerSeal') or position <= (select max(up_to) from ledger_seal.line)",
  ],
  ['ledger.entries', 'true'],
  ['ledger.balances', 'true'],
  ['ledger.lots', 'true'],
  ['ledger.token_accounts', 'true'],
  ['ledger_seal.line', 'true'],
  ['ledger_seal.leaves', 'true'],
] as const;

async function flipSomewhere(sql: Client, draw: () => number): Promise<Flip | undefined> {
  const pick = <T>(items: readonly T[]): T => items[draw() % items.length]!;
  const [table, where] = draw() % 3 < 2 ? pick(TABLES.slice(0, 2)) : pick(TABLES);
  const found = await sql.query(
    `select ctid::text as row, t.* from ${table} t where ${where} order by 2, 3`,
  );
  const row = pick(found.rows);
  const { fields } = found;
  const field = pick(fields.slice(1));
  const column = `${field.name}`;
  const old = await sql.query(`select ${column}::text as text from ${table} where ctid = $1`, [
    row.row,
  ]);
  const text: string | null = old.rows[0].text;
  if (text === null || text === '') return undefined;
  const changed = flipped(text, field.dataTypeID, draw);
  if (changed === undefined) return undefined;
  const update = `update ${table} set ${column} = $1 where ctid = $2 returning ctid::text as row, ${column}::text as text`;
  const updated = await sql.query(update, [changed, row.row]).catch(() => undefined);
  if (updated === undefined) return undefined;
  const now = updated.rows[0];
  const undo = async () => void (await sql.query(update, [text, now.row]));
  if (now.text === text) {
    await undo();
    return undefined;
  }
  const names = [row.position, now.text].filter(Boolean).map((position) => `#${position}#`);
  if (row.first_position !== undefined) names.push(`after ${row.after}`, '#');
  // An event that went leaves nothing but its neighbours to be named.
  if (column === 'position')
    names.push(`#${BigInt(old.rows[0].text) - 1n}#`, `#${BigInt(old.rows[0].text) + 1n}#`);
  if (row.tenant_id) names.push(row.tenant_id);
  if (String(row.stream ?? '').startsWith('ledgerSeal') || table === 'ledger_seal.line') {
    names.push('seal');
  }
  return {
    what: `${table}.${column} ${text.slice(0, 60)} -> ${now.text.slice(0, 60)}`,
    names,
    undo,
  };
}

const [BYTEA, BIGINT, INT, SMALLINT, UUID, TIMESTAMPTZ] = [17, 20, 23, 21, 2950, 1184];

/** Another value of the type, one bit away; undefined when there is none at that place. */
function flipped(text: string, type: number, draw: () => number): string | undefined {
  if (type === BIGINT) return (BigInt(text) ^ (1n << BigInt(draw() % 40))).toString();
  if (type === INT || type === SMALLINT) return String(Number(text) ^ (1 << (draw() % 14)));
  if (type === UUID || type === BYTEA) {
    const digits = [...text.matchAll(/[0-9a-f]/g)].map(({ index }) => index);
    const at = digits[draw() % digits.length]!;
    const digit = Number.parseInt(text[at]!, 16) ^ (1 << (draw() % 4));
    return text.slice(0, at) + digit.toString(16) + text.slice(at + 1);
  }
  if (type === TIMESTAMPTZ) {
    const digits = [...text.slice(0, 19).matchAll(/[0-9]/g)].map(({ index }) => index);
    const at = digits[draw() % digits.length]!;
    return `${text.slice(0, at)}${(Number(text[at]) + 1) % 10}${text.slice(at + 1)}`;
  }
  const bytes = Buffer.from(text);
  const at = draw() % bytes.length;
  bytes[at] = bytes[at]! ^ (1 << (draw() % 8));
  const changed = bytes.toString('utf8');
  return bytes[at] === 0 || changed.includes('\uFFFD') ? undefined : changed;
}

describe('sealing', () => {
  test('a ledger that was changed is not sealed', async () => {
    const ledger = await SealedLedger.open();
    try {
      await ledger.play(histories(1, 10));
      await ledger.sql.query(
        "update ledger.entries set happened_at = happened_at + interval '1 s' where position = 2",
      );
      await expect(ledger.seal()).rejects.toThrow(LedgerNotIntact);
    } finally {
      await ledger.close();
    }
  });

  test('another key signs from a rotation on, and the first one vouches for it', async () => {
    const ledger = await SealedLedger.open();
    try {
      await ledger.play(histories(2, 10));
      await ledger.seal();
      const next = sealKeyFromPem(newSealKeyPem());
      const { runner, clock, key } = ledger;
      await rotateSealKey(
        { runner, clock },
        { key: next, previous: key, reason: 'yearly', context },
      );
      await expect(ledger.seal()).rejects.toThrow('rotate the key first');
      Object.assign(ledger, { key: next });
      expect(await ledger.seal()).toMatchObject({ number: 2, keyId: next.keyId });
      for (const trusted of [key, next]) {
        expect(await ledger.verify({ trusted })).toMatchObject({
          findingsCount: 0,
          vouchedUpTo: 2,
        });
      }
    } finally {
      await ledger.close();
    }
  });
});

describe('sealing by the day', () => {
  let ledger: SealedLedger;
  beforeAll(async () => {
    ledger = await SealedLedger.open();
    await ledger.play(histories(3, 10));
  });
  afterAll(() => ledger.close());

  function sealing(now: string, key: () => SealKey | undefined = () => ledger.key) {
    const clock = fixedClock(now);
    const { store, runner, database } = ledger;
    const connectionString = database.url;
    return new LedgerSealing({ eventStore: store, runner, clock, connectionString, key });
  }

  test('a day is sealed once, and not before it is over for good', async () => {
    const head = await ledger.store.head();
    expect(await sealing('2040-03-01T00:01:59.999Z').sealDay()).toBeUndefined();
    expect(await sealing('2040-03-01T00:02:00.000Z').sealDay()).toMatchObject({
      // The first seal covers the introduction of its own key too.
      ...{ number: 1, upTo: `${head + 1n}`, knownBefore: '2040-03-01T00:00:00.000Z' },
    });
    expect(await sealing('2040-03-01T23:00:00.000Z').sealDay()).toBeUndefined();
  });

  test('a day on which nothing happened seals the seal before it', async () => {
    const seal = await sealing('2040-03-02T00:02:00.000Z').sealDay();
    expect(seal).toMatchObject({ number: 2, previous: expect.stringMatching(/^[0-9a-f]{64}$/) });
    expect(seal?.events).toBe(1);
  });

  test('what was known later than the day is left for the next one', async () => {
    expect(await sealing('2020-03-02T00:02:00.000Z').sealDay()).toBeUndefined();
  });

  test('a position is covered by the first seal beyond it, made when there is none yet', async () => {
    const seals = sealing('2040-03-02T12:00:00.000Z');
    expect(await seals.covering(1n)).toMatchObject({ number: 1 });
    const head = await ledger.store.head();
    expect(await seals.covering(head)).toMatchObject({ number: 3, upTo: head.toString() });
  });

  test('whoever has not the key of the seals makes none', async () => {
    const head = await ledger.store.head();
    const without = sealing('2040-03-05T12:00:00.000Z', () => undefined);
    expect(await without.covering(head)).toBeNull();
    expect(await without.sealDay()).toBeUndefined();
    const other = sealKeyFromPem(newSealKeyPem());
    expect(await sealing('2040-03-05T12:00:00.000Z', () => other).covering(head)).toBeNull();
  });
});

describe('snapshots', () => {
  let ledger: SealedLedger;
  const snapshots = () => new PostgresSnapshotStore({ connectionString: ledger.database.url });
  beforeAll(async () => {
    ledger = await SealedLedger.open();
    await ledger.play(histories(5, 40));
  });
  afterAll(() => ledger.close());

  /** As a process leaves it that has folded the first events of an account. */
  async function save(tenantId: string, events: number): Promise<void> {
    const stream = streamName('tokenAccount', tenantId);
    const codec = tokenAccountStream.snapshots!;
    let state = tokenAccount.initialState();
    for await (const page of ledger.store.readStream(stream, { maxCount: events })) {
      for (const event of page) {
        state = tokenAccount.evolve(state, toDomainEvent(event) as TokenAccountEvent);
      }
    }
    const restored = codec.fromJson(codec.toJson(state));
    const store = snapshots();
    const { stateVersion } = codec;
    await store.save(stream, { revision: events - 1, stateVersion, state: codec.toJson(restored) });
    await store.close();
  }

  test('name the prefix they replace, and are what it folds to', async () => {
    for (const tenantId of TENANTS) await save(tenantId, 12);
    await namePrefixesOfSnapshots(ledger.sql);
    const { rows } = await ledger.sql.query(
      'select leaf from ledger.entries where revision = 11 order by tenant_id',
    );
    const store = snapshots();
    const named = await Promise.all(
      TENANTS.map((id) => store.load(streamName('tokenAccount', id))),
    );
    await store.close();
    expect(named.map((snapshot) => snapshot?.prefixHash)).toEqual(
      rows.map(({ leaf }) => leaf.toString('hex')),
    );
    expect(await ledger.verify()).toMatchObject({ snapshots: 3, findings: [] });
  });

  test('a later snapshot names no prefix until the journal has come to it', async () => {
    await save('ten_a', 13);
    const store = snapshots();
    expect((await store.load('tokenAccount-ten_a'))?.prefixHash).toBeUndefined();
    await store.close();
  });

  test.each([
    [
      'state',
      `state = regexp_replace(state::text, '"available":"(\\d)', '"available":"1\\1')::json`,
    ],
    ['prefix', `prefix_hash = sha256('another')`],
    ['revision', 'revision = revision + 1'],
  ])('one whose %s was changed is found', async (_what, change) => {
    await ledger.sql.query(
      `update read_models.snapshots set ${change} where stream = 'tokenAccount-ten_b'`,
    );
    const { findings } = await ledger.verify();
    expect(findings[0]).toMatchObject({ where: 'tokenAccount-ten_b' });
    expect(findings[0]?.problem).toMatch(/snapshot/);
    await save('ten_b', 12);
    await ledger.sql.query(
      `update read_models.snapshots set revision = 11 where stream = 'tokenAccount-ten_b'`,
    );
    await save('ten_b', 12);
    expect((await ledger.verify()).findings).toEqual([]);
  });
});
