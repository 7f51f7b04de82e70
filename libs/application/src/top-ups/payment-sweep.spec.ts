import type { PaymentObservation, TopUpCommand } from '@imprest/domain';
import {
  byTest,
  decidingProcess,
  eur,
  fixedClock,
  observationOf,
  topUpExpiresAt,
  topUpTerms,
} from '@imprest/testkit';
import { beforeEach, describe, expect, test } from 'vitest';
import { topUpStream } from '../deciding/stream-types.js';
import {
  type ObservedPayment,
  type PaymentProvider,
  PaymentProviderUnavailable,
  PaymentRefused,
} from '../ports/payment-provider.js';
import type { WatchedTopUp } from '../ports/top-up-index.js';
import { PaymentSweep } from './payment-sweep.js';
import { TopUpRefunding } from './top-up-refunding.js';

const paid: Partial<PaymentObservation> = {
  status: 'settled',
  payment: { id: 'inv_1', received: eur(1_000n) },
};

/** A provider that says what it is told to say. */
class ToldProvider implements PaymentProvider {
  readonly name = 'btcpay';
  says = new Map<string, ObservedPayment>();
  isDown = false;
  refunds: (() => { refundId: string })[] = [];

  async openCheckout(): Promise<never> {
    throw new Error('opens no checkouts');
  }
  readNotification(): never {
    throw new Error('gets no notifications');
  }
  async fetch(subject: string): Promise<ObservedPayment | undefined> {
    if (this.isDown) throw new PaymentProviderUnavailable('no answer');
    return this.says.get(subject);
  }
  async refund() {
    const answer = this.refunds.shift();
    return answer?.() ?? { refundId: 're_1' };
  }
  async *list(): AsyncIterable<ObservedPayment> {
    if (this.isDown) throw new PaymentProviderUnavailable('no answer');
    yield* this.says.values();
  }
}

let clock: ReturnType<typeof fixedClock>;
let world: ReturnType<typeof decidingProcess>;
let provider: ToldProvider;
let troubles: string[];
let foreign: string[];
let waiting: WatchedTopUp[];
let disputed: WatchedTopUp[];

const id = 'top_1';
const run = (command: TopUpCommand, topUpId = id) =>
  world.runner.run(topUpStream, topUpId, command, byTest);
const state = (topUpId = id) => world.runner.read(topUpStream, topUpId, (committed) => committed);
const request = (more = {}): TopUpCommand => ({
  type: 'RequestTopUp',
  tenantId: 'ten_1',
  provider: 'btcpay',
  terms: topUpTerms,
  expiresAt: topUpExpiresAt,
  returnUrl: null,
  ...more,
});
const providers = () => new Map<string, PaymentProvider>([['btcpay', provider]]);

async function* each<T>(items: readonly T[]): AsyncIterable<T> {
  yield* items;
}

const sweep = () =>
  new PaymentSweep({
    runner: world.runner,
    providers: providers(),
    index: {
      waiting: () => each(waiting),
      disputed: () => each(disputed),
      countWaiting: async () => waiting.length,
    },
    clock,
    observer: {
      troubled: (name) => void troubles.push(name),
      foreign: (_name, checkoutId) => void foreign.push(checkoutId),
    },
  });

beforeEach(async () => {
  clock = fixedClock();
  world = decidingProcess({ clock });
  provider = new ToldProvider();
  [troubles, foreign, waiting, disputed] = [[], [], [], []];
  await run(request());
  await run({ type: 'ObservePayment', observation: observationOf() });
});

describe('a sweep over top-ups that wait', () => {
  beforeEach(() => {
    waiting = [{ id, provider: 'btcpay', checkoutId: 'inv_1' }];
  });

  test('finds a payment that nobody told of', async () => {
    provider.says.set('inv_1', { topUpId: id, observation: observationOf(paid) });
    await sweep().sweepWaiting();
    expect((await state()).status).toBe('confirmed');
  });

  test('finds it for a checkout that the list does not show yet', async () => {
    waiting = [{ id, provider: 'btcpay', checkoutId: null }];
    provider.says.set('inv_1', { topUpId: id, observation: observationOf(paid) });
    await sweep().sweepWaiting();
    expect((await state()).status).toBe('confirmed');
  });

  test('ends one whose time is over and that its provider does not know', async () => {
    await sweep().sweepWaiting();
    expect((await state()).status).toBe('open');
    clock.advance(3_600_000);
    await sweep().sweepWaiting();
    expect((await state()).status).toBe('expired');
  });

  test('leaves one alone that its provider still has open, however late it is', async () => {
    provider.says.set('inv_1', { topUpId: id, observation: observationOf() });
    clock.advance(86_400_000);
    await sweep().sweepWaiting();
    expect((await state()).status).toBe('open');
  });

  test('ends one that never got a checkout', async () => {
    await run(request(), 'top_2');
    waiting = [{ id: 'top_2', provider: 'btcpay', checkoutId: null }];
    clock.advance(3_600_000);
    await sweep().sweepWaiting();
    expect((await state('top_2')).status).toBe('expired');
  });

  test('goes on after a provider that does not answer, which ends nothing', async () => {
    provider.isDown = true;
    waiting = [...waiting, { id: 'top_2', provider: 'cash', checkoutId: null }];
    await run(request({ provider: 'cash' }), 'top_2');
    clock.advance(86_400_000);
    await sweep().sweepWaiting();
    expect(troubles).toEqual(['btcpay']);
    expect((await state()).status).toBe('open');
    expect((await state('top_2')).status).toBe('expired');
  });
});

describe('a sweep over changes', () => {
  test('finds what became of disputes, and payments that belong to no top-up', async () => {
    await run({ type: 'ObservePayment', observation: observationOf(paid) });
    disputed = [{ id, provider: 'btcpay', checkoutId: 'inv_1' }];
    const dispute = { disputeId: 'dp_1', amount: eur(1_000n), reason: 'fraudulent' };
    const lost = observationOf({ ...paid, disputes: [{ ...dispute, status: 'lost' }] });
    provider.says.set('inv_1', { topUpId: id, observation: lost });
    const other = { ...observationOf(paid), checkoutId: 'inv_9' };
    provider.says.set('inv_9', { topUpId: id, observation: other });
    provider.says.set('inv_8', { topUpId: null, observation: other });
    await sweep().sweepChanges(clock.now());
    expect((await state()).status).toBe('charged_back');
    expect(foreign).toEqual(['inv_9']);
  });

  test('says when a provider cannot list', async () => {
    provider.isDown = true;
    await sweep().sweepChanges(clock.now());
    expect(troubles).toEqual(['btcpay']);
  });
});

describe('a refund that an operator asked for', () => {
  const asked = async () => {
    await run({ type: 'ObservePayment', observation: observationOf(paid) });
    await run({
      ...({ type: 'RequestRefund', requestId: 'ref_1', minorUnits: 400n } as const),
      ...{ operator: 'ada', reason: 'ordered twice' },
    });
  };
  const react = async (known = providers()) => {
    const refunding = new TopUpRefunding(world.runner, known);
    for (const event of [...world.log.events]) await refunding.react(event);
  };

  test('is made once, however often its event is met', async () => {
    await asked();
    await react();
    await react();
    expect((await state()).refunds).toEqual([
      { refundId: 're_1', requestId: 'ref_1', amount: eur(400n), tokens: 400n },
    ]);
  });

  test('is asked for again when the provider does not answer', async () => {
    await asked();
    provider.refunds = [
      () => {
        throw new PaymentProviderUnavailable('no answer');
      },
    ];
    await expect(react()).rejects.toThrow('no answer');
    await react();
    expect((await state()).refundRequests[0]?.status).toBe('done');
  });

  test('ends when the provider refuses, or is not there any more', async () => {
    await asked();
    provider.refunds = [
      () => {
        throw new PaymentRefused('refunded already');
      },
    ];
    await react();
    expect((await state()).refundRequests[0]?.status).toBe('failed');
    await run({
      ...({ type: 'RequestRefund', requestId: 'ref_2', minorUnits: null } as const),
      ...{ operator: 'ada', reason: 'ordered twice' },
    });
    await react(new Map());
    expect((await state()).refundRequests.map(({ status }) => status)).toEqual([
      ...['failed', 'failed'],
    ]);
  });
});
