import type { OutputVerdict } from '@imprest/domain';
import { fixedClock, InMemoryAssetStore, InMemoryDataKeys } from '@imprest/testkit';
import { beforeEach, describe, expect, test } from 'vitest';
import { EncryptedAssets } from '../confidential/index.js';
import { OutputWithheld } from '../outputs/output-withheld.js';
import { groundsOf } from './case-grounds.js';
import { WithheldOutputs } from './withheld-outputs.js';

const lease = { id: 'req_1', fence: 3 };
const bytes = Buffer.from('pixels');
const clock = fixedClock();
const DAY_MS = 86_400_000;

const withheld = (verdict: Partial<OutputVerdict>) =>
  new OutputWithheld('ab', 'image/png', {
    ...{ provider: 'p', version: '1', outcome: 'review', category: 'violence', score: 0.5 },
    latencyMs: 1,
    ...verdict,
  });

let blobs: InMemoryAssetStore;
let keys: InMemoryDataKeys;
let outputs: WithheldOutputs;

beforeEach(() => {
  blobs = new InMemoryAssetStore(clock);
  keys = new InMemoryDataKeys();
  outputs = new WithheldOutputs(new EncryptedAssets(blobs, keys), blobs, 30);
});

describe('an output withheld for review', () => {
  test('is kept once, sealed, for so many days', async () => {
    const first = await outputs.keep(lease, 0, bytes, withheld({}), clock.now());
    const again = await outputs.keep(lease, 0, bytes, withheld({}), clock.now());

    expect(first).toEqual(again);
    expect(blobs.blobs.size).toBe(1);
    const keptMs = Date.parse(first?.keptUntil ?? '') - clock.now().getTime();
    expect(keptMs).toBe(30 * DAY_MS);
    const stored = Buffer.from([...blobs.blobs.values()].map(({ bytes }) => bytes)[0] ?? []);
    expect(stored.includes(bytes)).toBe(false);
  });

  test('is erased when its time is over, and nothing else is', async () => {
    await outputs.keep(lease, 0, bytes, withheld({}), clock.now());
    await new EncryptedAssets(blobs, keys).put('img_1', bytes, 'image/png');

    await outputs.eraseExpired(clock.now());
    expect(blobs.blobs.size).toBe(2);
    await outputs.eraseExpired(new Date(clock.now().getTime() + 31 * DAY_MS));
    expect([...blobs.blobs.keys()]).toEqual(['img_1']);
  });
});

test.each([
  [{ outcome: 'block' }, undefined],
  [{ outcome: 'block', category: 'known_file' }, 'known_file'],
  [{ outcome: 'review', category: 'sexual/minors' }, 'minors'],
] as const)('of %o nothing is kept', async (verdict, grounds) => {
  const output = withheld(verdict);

  expect(await outputs.keep(lease, 0, bytes, output, clock.now())).toBeNull();
  expect(blobs.blobs.size).toBe(0);
  expect(groundsOf(output.verdict)).toBe(grounds);
});
