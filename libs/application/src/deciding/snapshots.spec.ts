import { TOKEN_ACCOUNT_SNAPSHOT_VERSION } from '@imprest/domain';
import {
  byTest,
  type DecidingProcess,
  decidingProcess,
  gate,
  holdTokens,
  openAccount,
} from '@imprest/testkit';
import { beforeEach, expect, test } from 'vitest';
import type { Snapshot } from '../ports/snapshot-store.js';
import type { SnapshotCodec, StreamType } from './stream-type.js';
import { tokenAccountStream } from './stream-types.js';

const tenant = 'ten_1';
const stream = `tokenAccount-${tenant}`;
let process: DecidingProcess;
let saved: Snapshot[];

type Type = typeof tokenAccountStream;
type State = Type extends StreamType<infer _Command, infer S, infer _Event> ? S : never;

/** The account with snapshots every few events. */
const account = (overrides: Partial<SnapshotCodec<State>> = {}): Type => ({
  ...tokenAccountStream,
  snapshots: {
    ...(tokenAccountStream.snapshots as SnapshotCodec<State>),
    everyEvents: 5,
    ...overrides,
  },
});

/** Holds one after the other, each an append of its own. */
async function holdEach(count: number, type = account(), { runner } = process): Promise<void> {
  for (let n = 0; n < count; n += 1) {
    const id = `gen_${process.log.head}`;
    const result = await runner.run(type, tenant, holdTokens(id), byTest);
    if (result.kind !== 'accepted') throw new Error(result.kind);
  }
}

const held = (other: DecidingProcess, type = account()) =>
  other.runner.read(type, tenant, (state) => state.held);

beforeEach(async () => {
  process = decidingProcess();
  saved = [];
  const save = process.snapshots.save.bind(process.snapshots);
  process.snapshots.save = async (name, snapshot) => {
    saved.push(snapshot);
    await save(name, snapshot);
  };
  await openAccount(decidingProcess(process).runner, 10_000n, tenant);
});

test('a snapshot is written once in so many events, and a new process reads only what came after', async () => {
  await holdEach(12);
  expect(saved.map(({ revision }) => revision)).toEqual([4, 9]);
  const other = decidingProcess(process);
  expect(await held(other)).toBe(120n);
  expect(other.store.eventsRead).toBe(4);
});

test('what was folded from a snapshot goes on like what was folded from events', async () => {
  await holdEach(12);
  const other = decidingProcess(process);
  await holdEach(3, account(), other);
  expect(saved.map(({ revision }) => revision)).toEqual([4, 9, 14]);
  expect(await held(process)).toBe(150n);
});

test('a snapshot of another state version is ignored, and replaced by the next', async () => {
  await holdEach(5, account({ stateVersion: 7 }));
  expect(saved).toMatchObject([{ stateVersion: 7, revision: 4 }]);
  const other = decidingProcess(process);
  expect(await held(other)).toBe(50n);
  expect(other.store.eventsRead).toBe(7);
  await holdEach(1, account(), other);
  expect(saved.at(-1)).toMatchObject({ stateVersion: TOKEN_ACCOUNT_SNAPSHOT_VERSION, revision: 7 });
});

test('the larger the state, the more events lie between two snapshots', async () => {
  await holdEach(100);
  const revisions = saved.map(({ revision }) => revision);
  const distances = revisions.slice(1).map((revision, n) => revision - (revisions[n] as number));
  expect(distances.slice(0, 3)).toEqual([5, 5, 5]);
  // A quarter of the entries there are: 100 open holds and the lot.
  expect(distances.at(-1)).toBeGreaterThanOrEqual(20);
  expect(distances).toEqual(distances.toSorted((a, b) => a - b));
});

test('one snapshot is under way at a time', async () => {
  const finish = gate();
  process.snapshots.save = async (_name, snapshot) => {
    saved.push(snapshot);
    await finish.opened;
  };
  await holdEach(30);
  expect(saved).toHaveLength(1);
  finish.open();
  await new Promise(setImmediate);
  await holdEach(1);
  expect(saved.map(({ revision }) => revision)).toEqual([4, 32]);
});

test('a snapshot that cannot be written costs nothing but time', async () => {
  process.snapshots.save = async () => {
    throw new Error('disk full');
  };
  await holdEach(12);
  const other = decidingProcess(process);
  expect(await held(other)).toBe(120n);
  expect(other.store.eventsRead).toBe(14);
});

test('what is decided after a snapshot does not change it', async () => {
  await holdEach(3);
  const [snapshot] = saved;
  const before = structuredClone(snapshot);
  await holdEach(1);
  expect(snapshot).toEqual(before);
});

test('an account snapshots by itself after 500 events', async () => {
  await holdEach(500, tokenAccountStream);
  expect(saved.map(({ revision }) => revision)).toEqual([499]);
  expect(await process.snapshots.load(stream)).toMatchObject({
    revision: 499,
    stateVersion: TOKEN_ACCOUNT_SNAPSHOT_VERSION,
  });
});
