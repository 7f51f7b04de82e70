import {
  type FixedClock,
  fixedClock,
  InMemoryCostHistory,
  leaseOf,
  twoModels,
  WorkScenario,
} from '@imprest/testkit';
import { generationParameters, imageModel } from '@imprest/testkit/domain';
import { describe, expect, test } from 'vitest';
import { WorkCosts } from './work-costs.js';

const MODEL = 'landscape-1';
const square = { width: 1_000, height: 1_000 };

interface Given {
  readonly gpuMsForUnit?: number;
  readonly clock?: FixedClock;
  readonly history?: InMemoryCostHistory;
}

function costsOf({
  gpuMsForUnit,
  clock = fixedClock(),
  history = new InMemoryCostHistory(),
}: Given) {
  const model = imageModel({ ...(gpuMsForUnit !== undefined && { gpuMsForUnit }) });
  const catalogue = { ...twoModels, resolve: () => model };
  return new WorkCosts({ history, catalogue, clock });
}

describe('what work is expected to take', () => {
  test('begins with what the entry of the model says of a megapixel, off by all of it', async () => {
    const costs = costsOf({ gpuMsForUnit: 700 });
    const parameters = generationParameters({ ...square, images: 3 });
    expect(await costs.expected(MODEL, parameters)).toEqual({ gpuMs: 2_100, errorMs: 2_100 });
  });

  test('begins with a second for a megapixel where the entry says nothing', async () => {
    const parameters = generationParameters({ width: 2_000, height: 1_000, images: 1 });
    expect((await costsOf({}).expected(MODEL, parameters)).gpuMs).toBe(2_000);
  });

  test('of a picture whose shape a reference decides, is that of its size class', async () => {
    const at = (size: string) =>
      costsOf({}).expected(
        MODEL,
        generationParameters({ width: null, height: null, size, images: 1 }),
      );
    expect((await at('2K')).gpuMs).toBe(4_194);
    expect((await at('4K')).gpuMs).toBe(16_777);
  });

  test('of a clip, grows with its seconds', async () => {
    const video = { durationSeconds: 4 } as never;
    const parameters = generationParameters({ video, images: 1 });
    expect((await costsOf({ gpuMsForUnit: 900 }).expected(MODEL, parameters)).gpuMs).toBe(3_600);
  });

  test('is never nothing', async () => {
    const costs = costsOf({});
    await costs.learn(MODEL, 1, 0);
    const parameters = generationParameters({ ...square, images: 1 });
    expect((await costs.expected(MODEL, parameters)).gpuMs).toBe(1);
  });

  test('is learned by other processes within seconds', async () => {
    const clock = fixedClock();
    const history = new InMemoryCostHistory();
    const parameters = generationParameters({ ...square, images: 1 });
    const other = costsOf({ clock, history });
    await other.expected(MODEL, parameters);
    await costsOf({ clock, history }).learn(MODEL, 2, 500);
    clock.advance(5_000);
    expect(await other.expected(MODEL, parameters)).toEqual({ gpuMs: 250, errorMs: 125 });
  });
});

describe('the job queue', () => {
  async function costOfNext(work: WorkScenario, images: number): Promise<number | undefined> {
    const id = await work.queued({ ...square, images });
    return (await work.engines.queue.standing(id))?.cost;
  }

  test('is told what a job is expected to take, from what others took without loading their model', async () => {
    const work = await WorkScenario.begin();
    expect(await costOfNext(work, 2)).toBe(2_000);
    const order = await work.leaseOne();
    const receipts = [await work.upload(order, 0), await work.upload(order, 1)];
    const usage = { gpuMs: 9_600, loadMs: 9_000 };
    await work.orchestration.leases.rendered(leaseOf(order), { receipts, lost: [], usage });
    await work.react();
    expect(await costOfNext(work, 5)).toBe(1_500);
  });

  test('learns nothing from what nobody measured', async () => {
    const work = await WorkScenario.begin();
    await work.queued({ ...square, images: 1 });
    await work.render(await work.leaseOne());
    await work.react();
    expect(await costOfNext(work, 1)).toBe(1_000);
  });
});
