import { tokenAccountStream } from '@imprest/application';
import { type TokenAccountEvent, tokenAccount } from '@imprest/domain';
import { streamName, toDomainEvent } from '@imprest/event-catalogue';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { histories, SealedLedger, TENANTS } from '../../../../test/support/sealed-ledger.js';
import { PostgresSnapshotStore } from '../consuming/postgres-snapshot-store.js';
import { namePrefixesOfSnapshots } from './index.js';

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
