import type { PreviewStore, SealedPreview } from '@imprest/application';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';

export interface PreviewStoreHarness {
  /** One more process. */
  connect(): PreviewStore;
  /** Lets that much time go by. */
  elapse(ms: number): Promise<unknown>;
  dispose(): Promise<void>;
}

const MINUTE_MS = 60_000;
const often = { everyMs: 1_000, most: 3 };

const preview = (more: Partial<SealedPreview> = {}): SealedPreview => ({
  generationId: 'req_1',
  index: 0,
  fence: 1_763_631_412_001,
  step: 3,
  steps: 20,
  width: 512,
  height: 288,
  dataKeyId: 'dek_1',
  sealed: 'v1.AAAA',
  ...more,
});

export function previewStoreConformance(
  name: string,
  create: () => Promise<PreviewStoreHarness>,
): void {
  describe(`PreviewStore: ${name}`, () => {
    let harness: PreviewStoreHarness;
    let one: PreviewStore;
    let other: PreviewStore;
    const seen = (version = 0, id = 'req_1') => other.since(new Map([[id, version]]));

    beforeEach(async () => {
      harness = await create();
      one = harness.connect();
      other = harness.connect();
      await one.watch(['req_1'], MINUTE_MS);
    });
    afterEach(async () => {
      await Promise.all([one.close(), other.close()]);
      await harness.dispose();
    });

    test('keeps the latest preview of each image, for every process', async () => {
      await one.put(preview());
      await one.put(preview({ index: 1, step: null, steps: null }));
      const [first] = await seen();
      await one.put(preview({ step: 9, sealed: 'v1.BBBB' }));

      const all = await seen();
      expect(all.map(({ version, ...each }) => each)).toEqual([
        preview({ index: 1, step: null, steps: null }),
        preview({ step: 9, sealed: 'v1.BBBB' }),
      ]);
      expect(first!.version).toBeLessThan(all[0]!.version);
      expect(await seen(all[0]!.version)).toHaveLength(1);
      expect(await seen(all[1]!.version)).toEqual([]);
    });

    test('tells of nothing else than what is asked for', async () => {
      await one.watch(['req_2'], MINUTE_MS);
      await one.put(preview());
      await one.put(preview({ generationId: 'req_2' }));

      expect(await seen(0, 'req_2')).toMatchObject([{ generationId: 'req_2' }]);
      expect(await other.since(new Map())).toEqual([]);
    });

    test('lets no earlier lease replace what a later one has made', async () => {
      const { fence } = preview();
      await one.put(preview({ fence: fence + 1, step: 1 }));
      await other.put(preview({ fence, step: 19 }));

      expect(await seen()).toMatchObject([{ fence: fence + 1, step: 1 }]);
    });

    test('admits previews of what is watched alone, so often and so many', async () => {
      expect(await one.admit('req_2', often)).toBe(false);
      const both = await Promise.all([one.admit('req_1', often), other.admit('req_1', often)]);
      expect(both.sort()).toEqual([false, true]);
      await harness.elapse(1_500);
      expect(await one.admit('req_1', often)).toBe(true);
      expect(await one.admit('req_1', often)).toBe(false);
      await harness.elapse(1_500);
      await one.watch(['req_1'], MINUTE_MS);
      expect(await one.admit('req_1', often)).toBe(true);
      await harness.elapse(1_500);
      expect(await one.admit('req_1', often)).toBe(false);
    });

    test('neither admits nor keeps one once nobody watches any more', async () => {
      await harness.elapse(MINUTE_MS + 1_000);
      expect(await one.admit('req_1', often)).toBe(false);
      await one.put(preview());
      expect(await seen()).toEqual([]);
    });

    test('withholds what there is and whatever comes, watched or not', async () => {
      await one.put(preview());
      await one.withhold('req_1');
      await other.withhold('req_2');
      await one.watch(['req_1', 'req_2'], MINUTE_MS);

      for (const generationId of ['req_1', 'req_2']) {
        expect(await one.admit(generationId, often)).toBe(false);
        await one.put(preview({ generationId }));
        expect(await seen(0, generationId)).toEqual([]);
      }
    });

    test('takes away what has ended, and lets the next attempt be seen', async () => {
      await one.put(preview());
      await other.remove(['req_1', 'req_2']);
      expect(await seen()).toEqual([]);

      await one.put(preview());
      expect(await seen()).toHaveLength(1);
    });

    test('sweeps what nobody watches any more, and remembers what was withheld', async () => {
      await one.put(preview());
      await one.sweep();
      expect(await seen()).toHaveLength(1);
      await one.withhold('req_2');
      await harness.elapse(MINUTE_MS + 1_000);
      await one.sweep();

      expect(await seen()).toEqual([]);
      await one.watch(['req_2'], MINUTE_MS);
      expect(await one.admit('req_2', often)).toBe(false);
    });
  });
}
