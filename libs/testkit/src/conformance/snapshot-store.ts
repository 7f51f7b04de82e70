import type { Snapshot, SnapshotStore } from '@imprest/application';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';

export interface SnapshotStoreHarness {
  readonly store: SnapshotStore;
  dispose(): Promise<void>;
}

const snapshot = (revision: number, stateVersion = 1, note = `at ${revision}`): Snapshot => ({
  revision,
  stateVersion,
  state: { note },
});

export function snapshotStoreConformance(
  name: string,
  create: () => Promise<SnapshotStoreHarness>,
): void {
  describe(`SnapshotStore: ${name}`, () => {
    let harness: SnapshotStoreHarness;
    let store: SnapshotStore;

    beforeEach(async () => {
      harness = await create();
      store = harness.store;
    });
    afterEach(() => harness.dispose());

    test('a stream never saved has none', async () => {
      expect(await store.load('tokenAccount-none')).toBeUndefined();
    });

    test('a state comes back as it was', async () => {
      const state = {
        amounts: ['900719925474099312345', '-1'],
        nested: { list: [1, 0.5, true, null], empty: {} },
        text: 'lake "Äther" \\ 山 \u0000 end',
      };
      await store.save('tokenAccount-1', { revision: 4, stateVersion: 2, state });
      expect(await store.load('tokenAccount-1')).toEqual({ revision: 4, stateVersion: 2, state });
    });

    test('streams do not share a snapshot', async () => {
      await store.save('tokenAccount-1', snapshot(1));
      await store.save('tokenAccount-2', snapshot(2));
      expect(await store.load('tokenAccount-1')).toEqual(snapshot(1));
    });

    test('a newer one replaces an older one', async () => {
      await store.save('tokenAccount-1', snapshot(500));
      await store.save('tokenAccount-1', snapshot(1_000));
      expect(await store.load('tokenAccount-1')).toEqual(snapshot(1_000));
    });

    test('an older one that comes late is dropped', async () => {
      await store.save('tokenAccount-1', snapshot(1_000));
      await store.save('tokenAccount-1', snapshot(500));
      expect(await store.load('tokenAccount-1')).toEqual(snapshot(1_000));
    });

    test('a new form of the state replaces the old one of the same revision', async () => {
      await store.save('tokenAccount-1', snapshot(500, 1));
      await store.save('tokenAccount-1', snapshot(500, 2));
      expect(await store.load('tokenAccount-1')).toEqual(snapshot(500, 2));
    });

    test('of many saved at once the newest stays', async () => {
      const revisions = Array.from({ length: 20 }, (_, index) => (index * 7) % 20);
      await Promise.all(revisions.map((at) => store.save('tokenAccount-1', snapshot(at))));
      expect(await store.load('tokenAccount-1')).toEqual(snapshot(19));
    });
  });
}
