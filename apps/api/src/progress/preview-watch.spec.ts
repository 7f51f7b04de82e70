import { type ShownPreview, sealPreview } from '@imprest/application';
import { fixedClock, InMemoryDataKeys, InMemoryPreviewStore } from '@imprest/testkit';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { PreviewWatch } from './preview-watch.js';

const clock = fixedClock();
let store: InMemoryPreviewStore;
let dataKeys: InMemoryDataKeys;
let watch: PreviewWatch;
let told: ShownPreview[];

const opened = (previews: boolean) =>
  new PreviewWatch(store, dataKeys, clock, { moderation: { previews } } as never, {
    warn: () => {},
  });
const later = async (ms: number) => {
  clock.advance(ms);
  await vi.advanceTimersByTimeAsync(ms);
};

async function put(generationId: string, step: number): Promise<string> {
  const key = await dataKeys.take();
  const place = { generationId, index: 0, fence: 1 };
  const sealed = sealPreview(key, Buffer.from(`step ${step}`), place);
  await store.put({ ...place, step, steps: 20, width: 8, height: 8, dataKeyId: key.id, sealed });
  return key.id;
}

beforeEach(() => {
  vi.useFakeTimers();
  store = new InMemoryPreviewStore(clock);
  dataKeys = new InMemoryDataKeys();
  watch = opened(true);
  told = [];
});
afterEach(async () => {
  await watch.onModuleDestroy();
  vi.useRealTimers();
});

test('tells each watcher of its own generation, the latest first and each later one once', async () => {
  watch.watch('req_1', (preview) => told.push(preview));
  const others: number[] = [];
  watch.watch('req_2', ({ step }) => others.push(step ?? 0));
  await later(600);
  await put('req_1', 1);
  await put('req_1', 2);
  await put('req_2', 7);
  await later(1_200);
  await put('req_1', 3);
  await later(1_200);

  expect(told.map(({ step }) => step)).toEqual([2, 3]);
  expect(others).toEqual([7]);
  expect(Buffer.from(told[0]?.bytes ?? '').toString()).toBe('step 2');
  const late: number[] = [];
  watch.watch('req_1', ({ step }) => late.push(step ?? 0));
  await later(600);
  expect(late).toEqual([3]);
});

test('says that it watches for as long as it does', async () => {
  const rate = { everyMs: 1, most: 100 };
  const stop = watch.watch('req_1', () => {});
  await later(30_000);
  expect(await store.admit('req_1', rate)).toBe(true);
  stop();
  await later(20_000);
  expect(await store.admit('req_1', rate)).toBe(false);
});

test('passes over what was erased, and tells nobody who has gone', async () => {
  const stop = watch.watch('req_1', (preview) => told.push(preview));
  await later(600);
  await dataKeys.destroy([await put('req_1', 1)]);
  await later(600);
  stop();
  await put('req_1', 2);
  await later(600);
  expect(told).toEqual([]);
});

test('watches nothing where the operator wants no previews', async () => {
  const off = opened(false);
  off.watch('req_1', () => {});
  await later(600);
  expect(await store.admit('req_1', { everyMs: 1, most: 100 })).toBe(false);
  await off.onModuleDestroy();
});
