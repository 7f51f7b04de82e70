import { expect, test } from 'vitest';
import type { Residency } from '../../ports/worker-registry.js';
import { type LaneFacts, laneOffer } from './lane-offer.js';

interface Simulated {
  loaded: string | undefined;
  gpuMs: number;
  loadedAtMs: number;
  freeAtMs: number;
}

interface Waiting {
  readonly lane: string;
  readonly sinceMs: number;
}

const JOB_MS = 2_000;
const LOAD_MS = 20_000;
const STEP_MS = 500;
const LANES = ['one', 'other'];

/** Jobs of two models come in turns, as fast as the workers can do them; each worker has room for one model. */
function simulate(workers: number, jobs: number, holdMs: number) {
  const fleet = Array.from({ length: workers }, (): Simulated => {
    return { loaded: undefined, gpuMs: 0, loadedAtMs: 0, freeAtMs: 0 };
  });
  const queue: Waiting[] = [];
  const outcome = { swaps: 0, longestWaitMs: 0, endedAtMs: 0 };
  let come = 0;
  for (let now = 0; come < jobs || queue.length > 0; now += STEP_MS) {
    const due = Math.min(jobs, Math.floor((now / JOB_MS) * workers * 0.7));
    for (; come < due; come += 1) queue.push({ lane: LANES[come % 2] ?? '', sinceMs: now });
    for (const worker of fleet.filter(({ freeAtMs }) => freeAtMs <= now)) {
      const taken = take(worker, fleet, queue, now, holdMs);
      if (taken === undefined) continue;
      queue.splice(queue.indexOf(taken), 1);
      outcome.longestWaitMs = Math.max(outcome.longestWaitMs, now - taken.sinceMs);
      const loads = worker.loaded !== taken.lane;
      if (loads && worker.loaded !== undefined) outcome.swaps += 1;
      if (loads) Object.assign(worker, { loaded: taken.lane, gpuMs: 0, loadedAtMs: now });
      worker.gpuMs += JOB_MS;
      worker.freeAtMs = now + JOB_MS + (loads ? LOAD_MS : 0);
      outcome.endedAtMs = worker.freeAtMs;
    }
  }
  return outcome;
}

function take(
  worker: Simulated,
  fleet: readonly Simulated[],
  queue: readonly Waiting[],
  now: number,
  holdMs: number,
): Waiting | undefined {
  const others = fleet.filter((each) => each !== worker);
  const facts = LANES.map((lane): LaneFacts => {
    const warm = others.filter(({ loaded }) => loaded === lane);
    const residency: Residency | null = worker.loaded === lane ? 'loaded' : null;
    const oldest = queue.find((waiting) => waiting.lane === lane);
    return {
      ...{ lane, residency, gpuMs: worker.gpuMs, loadedMs: now - worker.loadedAtMs },
      ...{ vramBytes: null, slotCost: 1, holdMs, warmFloor: 0 },
      loadedElsewhere: warm.length,
      idleElsewhere: warm.filter(({ freeAtMs }) => freeAtMs <= now).length,
      servedElsewhere: others.length,
      waitingMs: oldest === undefined ? 0 : Math.max(1, now - oldest.sinceMs),
    };
  });
  const { tiers } = laneOffer({ freeSlots: 1, slots: 1, vramBytes: null }, facts);
  for (const tier of tiers) {
    const found = queue.find(({ lane }) => tier.includes(lane));
    if (found !== undefined) return found;
  }
  return undefined;
}

test('workers of two models settle on one each instead of swapping at every job', () => {
  const { swaps, longestWaitMs } = simulate(4, 400, 4 * LOAD_MS);
  expect(swaps).toBeLessThan(8);
  expect(longestWaitMs).toBeLessThan(120_000);
});

test('a single worker swaps once for each hold, and serves both models all the same', () => {
  const { swaps, longestWaitMs, endedAtMs } = simulate(1, 100, 4 * LOAD_MS);
  expect(swaps).toBeGreaterThan(0);
  expect(swaps).toBeLessThanOrEqual(Math.ceil(endedAtMs / (4 * LOAD_MS)) + 1);
  expect(longestWaitMs).toBeLessThan(endedAtMs);
});
