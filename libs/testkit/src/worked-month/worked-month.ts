import {
  type CommandContext,
  DeciderRunner,
  type EventStore,
  tokenAccountStream,
} from '@imprest/application';
import type { TokenAccountCommand } from '@imprest/domain';
import { priceOf } from '../builders/index.js';
import { fixedClock } from '../fixed-clock.js';
import { InMemorySnapshotStore } from '../in-memory-snapshot-store.js';

const context: CommandContext = {
  correlationId: 'worked-month',
  causationId: 'worked-month',
  actor: { kind: 'operator', id: 'worked-month' },
};

type Step = (now: string) => TokenAccountCommand;

const euros = (minorUnits: bigint) => ({ minorUnits, currency: 'EUR' });

const hold =
  (generationId: string, tokens: bigint): Step =>
  (now) => ({ type: 'HoldTokens', generationId, price: priceOf(tokens), now });

const settle =
  (generationId: string, capture: bigint): Step =>
  () => ({ type: 'SettleHold', generationId, capture });

function grant(lotId: string, tokens: bigint, reason: string, expiresAt: string): Step {
  return (now) => ({ type: 'GrantTokens', lotId, tokens, reason, expiresAt, now });
}

const refundOfHarvest = (refundId: string, tokens: bigint): Step => {
  const captured = [{ lotId: 'lot_january', tokens: 333n }];
  const refund = { refundId, generationId: 'req_harvest', tokens, captured };
  return () => ({ type: 'RefundTokens', ...refund, reason: 'a seam in the sky' });
};

/** Two tenants in January 2025, each step at its time. */
const january: readonly (readonly [string, string, Step])[] = [
  ['2025-01-02T09:00', 'harbour', () => ({ type: 'OpenAccount', tenantId: 'harbour' })],
  [
    '2025-01-02T09:01',
    'harbour',
    grant('lot_welcome', 100n, 'welcome', '2025-01-31T00:00:00.000Z'),
  ],
  [
    '2025-01-05T10:00',
    'harbour',
    () => ({
      ...{ type: 'PurchaseTokens', lotId: 'lot_january', tokens: 1_000n, paid: euros(8_990n) },
      ...{ paymentId: 'pay_january', provider: 'manual' },
      discount: { tier: 'from 1,000', listMinorUnits: 9_900n },
    }),
  ],
  ['2025-01-06T11:00', 'harbour', hold('req_pier', 40n)],
  ['2025-01-06T11:01', 'harbour', settle('req_pier', 40n)],
  ['2025-01-10T08:30', 'harbour', hold('req_boats', 100n)],
  ['2025-01-10T08:32', 'harbour', settle('req_boats', 75n)],
  ['2025-01-12T12:00', 'orchard', () => ({ type: 'OpenAccount', tenantId: 'orchard' })],
  [
    '2025-01-12T12:05',
    'orchard',
    () => ({
      ...{ type: 'PurchaseTokens', lotId: 'lot_orchard', tokens: 500n, paid: euros(4_950n) },
      ...{ paymentId: 'pay_orchard', provider: 'manual' },
    }),
  ],
  [
    '2025-01-14T09:00',
    'harbour',
    grant('lot_goodwill', 50n, 'goodwill', '2025-01-18T00:00:00.000Z'),
  ],
  ['2025-01-18T00:00', 'harbour', (now) => ({ type: 'ExpireLots', now })],
  ['2025-01-20T15:00', 'harbour', hold('req_harvest', 333n)],
  ['2025-01-20T15:04', 'harbour', settle('req_harvest', 333n)],
  ['2025-01-22T10:00', 'harbour', refundOfHarvest('ref_first', 33n)],
  [
    '2025-01-25T16:00',
    'orchard',
    () => ({
      ...{ type: 'RefundPurchase', purchaseRefundId: 'prf_orchard', lotId: 'lot_orchard' },
      ...{ tokens: 100n, reason: 'ordered too much' },
    }),
  ],
  ['2025-01-31T23:50', 'harbour', hold('req_lighthouse', 50n)],
];

/** What came after January was closed: a refund of January that became known too late, and a settle. */
const february: readonly (readonly [string, string, Step])[] = [
  ['2025-01-30T17:00', 'harbour', refundOfHarvest('ref_late', 10n)],
  ['2025-02-01T00:02', 'harbour', settle('req_lighthouse', 50n)],
  [
    '2025-02-10T09:00',
    'orchard',
    () => ({
      ...{ type: 'ChargeBack', chargeBackId: 'cbk_orchard', lotId: 'lot_orchard' },
      ...{ tokens: 400n, reason: 'card holder disputes the payment' },
    }),
  ],
];

/**
 * The month that docs/ledger.md works through: what happens in it, in two parts so that the month can be
 * closed in between.
 */
export class WorkedMonth {
  private readonly clock = fixedClock();
  private readonly runner: DeciderRunner;

  constructor(store: EventStore) {
    const snapshots = new InMemorySnapshotStore();
    this.runner = new DeciderRunner({ store, snapshots, clock: this.clock });
  }

  january(): Promise<void> {
    return this.play(january);
  }

  february(): Promise<void> {
    return this.play(february);
  }

  private async play(steps: readonly (readonly [string, string, Step])[]): Promise<void> {
    for (const [at, tenantId, step] of steps) {
      this.clock.advance(Date.parse(`${at}:00.000Z`) - this.clock.now().getTime());
      const command = step(this.clock.isoNow());
      const result = await this.runner.run(tokenAccountStream, tenantId, command, context);
      if (result.kind !== 'accepted' || result.events.length === 0) {
        throw new Error(`the worked month goes wrong at ${at}: ${JSON.stringify(result)}`);
      }
    }
  }
}
