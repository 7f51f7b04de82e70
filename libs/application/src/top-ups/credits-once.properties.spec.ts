import { setImmediate as turn } from 'node:timers/promises';
import type { PaymentObservation } from '@imprest/domain';
import { streamCategory, toDomainEvent } from '@imprest/event-catalogue';
import {
  byTest,
  type DecidingProcess,
  decidingProcess,
  eur,
  observationOf,
  topUpExpiresAt,
  topUpTerms,
} from '@imprest/testkit';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { tokenAccountStream, topUpStream } from '../deciding/stream-types.js';
import { EventStoreUnavailable } from '../ports/event-store.js';
import { observePayment } from './observe-payment.js';
import { TopUpCrediting } from './top-up-crediting.js';

const tenantId = 'ten_1';
const id = 'top_1';
/** One token costs one cent, so money and tokens count alike. */
const PRICE = topUpTerms.price.minorUnits;

type Fault = 'before' | 'after' | undefined;

/** What becomes of the payment at the provider after it was settled. */
interface Aftermath {
  readonly refunds: readonly bigint[];
  readonly dispute: {
    readonly minorUnits: bigint;
    readonly outcome: 'open' | 'won' | 'lost';
  } | null;
  readonly refundAfterDispute: bigint;
}

interface Arrival {
  readonly process: 0 | 1;
  /** Turns of the event loop before it. */
  readonly turns: number;
  /** How far the provider's story had got when it was looked at; a look may arrive late. */
  readonly seenAt: number;
  /** Whether this process then also works through all events, as after a lost checkpoint. */
  readonly reacts: boolean;
}

const paid = { id: 'inv_1', received: eur(PRICE) };

/** All that the provider would have answered, one moment after the other. */
function storyOf({ refunds, dispute, refundAfterDispute }: Aftermath): PaymentObservation[] {
  const story = [
    observationOf(),
    observationOf({ status: 'seen', payment: { id: 'inv_1', received: eur(PRICE / 2n) } }),
    observationOf({ status: 'seen', payment: paid }),
    observationOf({ status: 'settled', payment: paid }),
  ];
  const add = (more: Partial<PaymentObservation>) =>
    story.push({ ...(story.at(-1) as PaymentObservation), ...more });
  const back: PaymentObservation['refunds'][number][] = [];
  const refund = (minorUnits: bigint) => {
    back.push({ refundId: `re_${back.length}`, requestId: null, amount: eur(minorUnits) });
    add({ refunds: [...back] });
  };
  for (const minorUnits of refunds) refund(minorUnits);
  if (dispute !== null) {
    const disputed = (status: 'open' | 'won' | 'lost') => ({
      ...{ disputeId: 'dp_1', amount: eur(dispute.minorUnits) },
      ...{ reason: 'fraudulent', status },
    });
    add({ disputes: [disputed('open')] });
    if (dispute.outcome !== 'open') add({ disputes: [disputed(dispute.outcome)] });
  }
  if (refundAfterDispute > 0n) refund(refundAfterDispute);
  return story;
}

const aftermath: fc.Arbitrary<Aftermath> = fc
  .record({
    refunds: fc.array(fc.bigInt(1n, PRICE / 4n), { maxLength: 2 }),
    disputed: fc.bigInt(0n, PRICE),
    outcome: fc.constantFrom<'open' | 'won' | 'lost'>('open', 'won', 'lost'),
    late: fc.bigInt(0n, PRICE),
  })
  .map(({ refunds, disputed, outcome, late }) => {
    const left = refunds.reduce((rest, each) => rest - each, PRICE);
    const least = (a: bigint, b: bigint) => (a < b ? a : b);
    const minorUnits = least(disputed, left);
    const dispute = minorUnits > 0n ? { minorUnits, outcome } : null;
    const refundAfterDispute = dispute?.outcome === 'won' ? least(late, left) : 0n;
    return { refunds, dispute, refundAfterDispute };
  });

const arrivals = fc.array(
  fc.record<Arrival>({
    process: fc.constantFrom(0, 1),
    turns: fc.nat(12),
    seenAt: fc.nat(10),
    reacts: fc.boolean(),
  }),
  { minLength: 1, maxLength: 12 },
);

const faults = fc.array(
  fc.constantFrom<Fault>(undefined, undefined, undefined, 'before', 'after'),
  { maxLength: 40 },
);

async function insist<T>(attempt: () => Promise<T>): Promise<T> {
  for (;;) {
    try {
      return await attempt();
    } catch (error) {
      if (!(error instanceof EventStoreUnavailable)) throw error;
    }
  }
}

function disturb(processes: readonly DecidingProcess[], planned: readonly Fault[]): void {
  const left = [...planned];
  for (const { store } of processes) {
    let fault: Fault;
    store.beforeAppend = async () => {
      fault = left.shift();
      await turn();
      if (fault === 'before') throw new EventStoreUnavailable('lost before');
    };
    store.afterAppend = () => {
      if (fault === 'after') throw new EventStoreUnavailable('lost after');
    };
  }
}

/** Every event of every top-up from the first on, however often that was done before. */
async function reactToAll({ runner, log }: DecidingProcess): Promise<void> {
  const crediting = new TopUpCrediting(runner);
  for (const event of [...log.events]) {
    if (streamCategory(event.stream) === 'topUp') await insist(() => crediting.react(event));
  }
}

async function play(story: readonly PaymentObservation[], plan: readonly Arrival[], f: Fault[]) {
  const one = decidingProcess();
  const two = decidingProcess(one);
  await one.runner.run(tokenAccountStream, tenantId, { type: 'OpenAccount', tenantId }, byTest);
  const request = {
    ...({ type: 'RequestTopUp', tenantId, provider: 'btcpay' } as const),
    ...{ terms: topUpTerms, expiresAt: topUpExpiresAt, returnUrl: null },
  };
  await one.runner.run(topUpStream, id, request, byTest);
  disturb([one, two], f);
  const last = story.length - 1;
  await Promise.all(
    plan.map(async ({ process, turns, seenAt, reacts }) => {
      const { runner } = process === 0 ? one : two;
      const seen = story[Math.min(seenAt, last)] as PaymentObservation;
      for (let left = turns; left > 0; left -= 1) await turn();
      await insist(() => observePayment(runner, id, seen, byTest));
      if (reacts) await reactToAll(process === 0 ? one : two);
    }),
  );
  // In the end somebody looks once more, and everything is worked through.
  await insist(() => observePayment(two.runner, id, story[last] as PaymentObservation, byTest));
  await reactToAll(one);
  return one;
}

const purchases = ({ log }: DecidingProcess) =>
  log.events
    .filter(({ type }) => type === 'TokensPurchased')
    .map((recorded) => toDomainEvent(recorded))
    .map((event) => (event.type === 'TokensPurchased' ? event.data : undefined));

test('a payment credits exactly once, whatever arrives in whatever order', async () => {
  await fc.assert(
    fc.asyncProperty(aftermath, arrivals, faults, async (after, plan, planned) => {
      const process = await play(storyOf(after), plan, planned);

      const lots = purchases(process);
      const won = after.dispute?.outcome === 'won';
      const ids = lots.map((lot) => lot?.paymentId);
      expect(ids.filter((paymentId) => paymentId === 'inv_1')).toHaveLength(1);
      // What a won dispute gives back comes as one lot of its own, and nothing else ever comes.
      expect(ids.filter((paymentId) => paymentId !== 'inv_1').length).toBeLessThanOrEqual(+won);

      const gone = [...after.refunds, after.refundAfterDispute].reduce((sum, each) => sum + each);
      const disputed = won ? 0n : (after.dispute?.minorUnits ?? 0n);
      const state = await process.runner.read(topUpStream, id, (committed) => committed);
      expect(state.lotId).not.toBeNull();
      const available = await process.runner.read(
        tokenAccountStream,
        tenantId,
        (account) => account.available,
      );
      expect(available).toBe(PRICE - gone - disputed);
    }),
    { numRuns: 200 },
  );
}, 60_000);
