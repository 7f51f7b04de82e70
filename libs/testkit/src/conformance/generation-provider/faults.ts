import type { FailureClass, GenerationProvider, RenderRequest } from '@imprest/application';
import { afterEach, describe, expect, test } from 'vitest';
import type { ProviderFault, ProviderStub } from '../../providers/index.js';
import { fingerprintsOf, renderAll } from './rendering.js';

export interface FaultSubject {
  readonly provider: GenerationProvider;
  readonly hasty?: GenerationProvider;
  readonly stub?: ProviderStub;
  requestOf(change?: Partial<RenderRequest>): RenderRequest;
}

/** What the hasty provider of a harness is to be set to, so that the suite is quick. */
export const FAULT_DEADLINE_MS = 300;
/** What providers bound here are to be set to. */
export const FAULT_MOST_BYTES = 1024 * 1024;

/** After a deadline or an abort, how long a provider may take to give up and to have the work stopped. */
const GIVE_UP_MS = 10_000;
/** Of an endless answer: what the buffers of two sockets hold, beside the cap. */
const MOST_SENT_BYTES = FAULT_MOST_BYTES + 16 * 1024 * 1024;

type Failing = Exclude<ProviderFault, 'fewer' | 'duplicate'>;

/** By whose fault a request fails. `unknown`: the work was sent, and nobody can tell what became of it. */
const CLASSES: Readonly<Record<Failing, readonly FailureClass[]>> = {
  slow: ['timeout'],
  stalled: ['timeout', 'infrastructure'],
  cut: ['unknown', 'infrastructure'],
  bad_json: ['unknown', 'infrastructure'],
  no_image: ['model'],
  wrong_size: ['model'],
  none: ['model'],
  huge: ['model'],
  refused: ['user'],
  broken: ['infrastructure', 'model'],
  busy: ['infrastructure'],
  unauthorized: ['infrastructure'],
};

/** @param faults those that the protocol can have */
export function faultConformance(
  faults: readonly ProviderFault[],
  subject: () => FaultSubject,
): void {
  if (faults.length === 0) return;
  describe('behind a server that', () => {
    const stub = () => subject().stub as ProviderStub;
    const failing = faults.filter((fault): fault is Failing => fault in CLASSES);
    afterEach(() => stub().inject(undefined));

    const testUnder = (fault: ProviderFault, title: string, facts: () => Promise<void>) => {
      if (faults.includes(fault)) test(title, facts);
    };
    const providerUnder = (fault: ProviderFault) => {
      const { provider, hasty = provider } = subject();
      return fault === 'slow' || fault === 'stalled' ? hasty : provider;
    };
    const failureUnder = async (fault: ProviderFault) => {
      stub().inject(fault);
      const startedAt = performance.now();
      const rendering = renderAll(providerUnder(fault), subject().requestOf());
      const error = await rendering.catch((failure: unknown) => failure);
      return { error, tookMs: performance.now() - startedAt };
    };
    /** A busy machine may be too slow for a hasty provider, not again and again. */
    const recovers = (fault: ProviderFault) =>
      expect.poll(
        async () => {
          const rendering = renderAll(providerUnder(fault), subject().requestOf());
          return (await rendering.catch(() => undefined))?.received.length;
        },
        { timeout: GIVE_UP_MS, interval: 5 },
      );
    const isIdle = () =>
      expect.poll(() => stub().underWay(), { timeout: GIVE_UP_MS, interval: 5 }).toBe(0);

    test.each(failing)(
      'is %s: fails by whose fault it is, in time, and recovers',
      async (fault) => {
        const { error, tookMs } = await failureUnder(fault);

        expect(error).toMatchObject({ name: 'ProviderError' });
        expect(CLASSES[fault]).toContain((error as { failureClass: FailureClass }).failureClass);
        expect(tookMs).toBeLessThan(FAULT_DEADLINE_MS + GIVE_UP_MS);
        await isIdle();
        stub().inject(undefined);
        await recovers(fault).toBe(1);
      },
    );

    testUnder('huge', 'has no end takes no more memory than the cap', async () => {
      const before = stub().sentBytes();
      await failureUnder('huge');

      expect(stub().sentBytes() - before).toBeLessThan(MOST_SENT_BYTES);
    });

    testUnder('fewer', 'makes fewer hands those over', async () => {
      stub().inject('fewer');
      const { provider, requestOf } = subject();
      const { received } = await renderAll(provider, requestOf({ images: 3 }));

      expect(received.length).toBeGreaterThanOrEqual(1);
      expect(received.length).toBeLessThan(3);
      expect(received.map(({ index }) => index)).toEqual(received.map((_, place) => place));
    });

    testUnder('duplicate', 'repeats itself is heard once', async () => {
      stub().inject('duplicate');
      const { provider, requestOf } = subject();
      const { received } = await renderAll(provider, requestOf({ images: 3 }));

      expect(received.map(({ index }) => index)).toEqual([0, 1, 2]);
      expect(new Set(await fingerprintsOf(received)).size).toBe(3);
    });

    testUnder('slow', 'is at work is told to stop when nobody waits', async () => {
      stub().inject('slow');
      const { provider, requestOf } = subject();
      const abort = new AbortController();
      const rendering = renderAll(provider, requestOf(), { signal: abort.signal });
      const outcome = rendering.catch((error: unknown) => error);
      await expect.poll(() => stub().underWay(), { timeout: GIVE_UP_MS, interval: 5 }).toBe(1);
      abort.abort();

      expect(await outcome).toMatchObject({ failureClass: 'cancelled' });
      await isIdle();
    });
  });
}
