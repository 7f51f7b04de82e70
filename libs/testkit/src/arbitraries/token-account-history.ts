import {
  type Allocation,
  type TokenAccountCommand,
  type TokenAccountEvent,
  tokenAccount,
} from '@imprest/domain';
import fc from 'fast-check';
import { priceQuote } from '../builders/index.js';
import { fixedClock } from '../fixed-clock.js';

type Step =
  | { readonly kind: 'purchase'; readonly tokens: bigint; readonly minorUnits: bigint }
  | { readonly kind: 'grant'; readonly tokens: bigint; readonly lifeHours: number | null }
  | { readonly kind: 'hold'; readonly images: number; readonly perImage: bigint }
  | { readonly kind: 'settle'; readonly pick: number; readonly percent: bigint }
  | { readonly kind: 'release'; readonly pick: number }
  | { readonly kind: 'refund'; readonly pick: number; readonly tokens: bigint }
  | { readonly kind: 'chargeBack'; readonly pick: number; readonly tokens: bigint }
  | { readonly kind: 'wait'; readonly hours: number }
  | { readonly kind: 'expire' | 'freeze' | 'unfreeze' };

const some = fc.bigInt(1n, 500n);
const pick = fc.nat(1_000);

const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant('purchase' as const),
      tokens: some,
      minorUnits: fc.bigInt(0n, 900n),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant('grant' as const),
      tokens: some,
      lifeHours: fc.option(fc.integer({ min: 1, max: 72 })),
    }),
  },
  {
    weight: 10,
    arbitrary: fc.record({
      kind: fc.constant('hold' as const),
      images: fc.integer({ min: 1, max: 4 }),
      perImage: fc.bigInt(0n, 40n),
    }),
  },
  {
    weight: 6,
    arbitrary: fc.record({
      kind: fc.constant('settle' as const),
      pick,
      percent: fc.bigInt(0n, 100n),
    }),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('release' as const), pick }) },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('refund' as const),
      pick,
      tokens: fc.bigInt(1n, 60n),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ kind: fc.constant('chargeBack' as const), pick, tokens: some }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('wait' as const),
      hours: fc.integer({ min: 1, max: 30 }),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constantFrom('expire' as const, 'freeze' as const, 'unfreeze' as const),
    }),
  },
);

/** Plays steps against the decider: what it rejects leaves no event, so every history is a possible one. */
class AccountPlayer {
  readonly events: TokenAccountEvent[] = [];
  private readonly clock = fixedClock();
  private readonly captured: {
    readonly generationId: string;
    readonly captured: readonly Allocation[];
  }[] = [];
  private state = tokenAccount.initialState();
  private ids = 0;

  constructor(private readonly tenantId: string) {
    this.run({ type: 'OpenAccount', tenantId });
  }

  play(taken: Step): void {
    if (taken.kind === 'wait') this.clock.advance(taken.hours * 3_600_000);
    else if (taken.kind === 'refund') this.refund(taken.pick, taken.tokens);
    else {
      const command = this.command(taken);
      if (command !== undefined) this.run(command);
    }
  }

  private command(
    taken: Exclude<Step, { kind: 'wait' | 'refund' }>,
  ): TokenAccountCommand | undefined {
    const now = this.clock.isoNow();
    switch (taken.kind) {
      case 'purchase': {
        const paid = { minorUnits: taken.minorUnits, currency: 'EUR' };
        const lotId = this.newId('lot');
        return {
          type: 'PurchaseTokens',
          lotId,
          tokens: taken.tokens,
          paid,
          paymentId: this.newId('pay'),
        };
      }
      case 'grant': {
        const { tokens, lifeHours } = taken;
        const life = (lifeHours ?? 0) * 3_600_000;
        const expiresAt = lifeHours && new Date(this.clock.now().getTime() + life).toISOString();
        return {
          type: 'GrantTokens',
          lotId: this.newId('lot'),
          tokens,
          reason: 'welcome',
          expiresAt,
          now,
        };
      }
      case 'hold': {
        const { images, perImage } = taken;
        const generationId = this.newId('req');
        return { type: 'HoldTokens', generationId, price: priceQuote({ images, perImage }), now };
      }
      case 'settle': {
        const open = pickFrom([...this.state.holds], taken.pick);
        if (open === undefined) return undefined;
        const [generationId, { tokens }] = open;
        return { type: 'SettleHold', generationId, capture: (tokens * taken.percent) / 100n };
      }
      case 'release': {
        const generationId = pickFrom([...this.state.holds.keys()], taken.pick);
        return generationId && { type: 'ReleaseHold', generationId, reason: 'cancelled' };
      }
      case 'chargeBack': {
        const lotId = pickFrom([...this.state.lots.keys()], taken.pick);
        const chargeBackId = this.newId('cbk');
        return (
          lotId && {
            type: 'ChargeBack',
            chargeBackId,
            lotId,
            tokens: taken.tokens,
            reason: 'disputed',
          }
        );
      }
      case 'expire':
        return { type: 'ExpireLots', now };
      case 'freeze':
        return { type: 'FreezeAccount', reason: 'under review' };
      case 'unfreeze':
        return { type: 'UnfreezeAccount', reason: 'reviewed' };
    }
  }

  private refund(pick: number, tokens: bigint): void {
    const settled = pickFrom(this.captured, pick);
    if (settled === undefined) return;
    const refundId = this.newId('ref');
    this.run({ type: 'RefundTokens', refundId, ...settled, tokens, reason: 'a seam in the sky' });
  }

  private run(command: TokenAccountCommand): void {
    const decision = tokenAccount.decide(command, this.state);
    if (decision.kind === 'rejected') return;
    for (const event of decision.events) {
      this.state = tokenAccount.evolve(this.state, event);
      this.events.push(event);
      if (event.type === 'HoldSettled') this.captured.push(event.data);
    }
  }

  private newId(prefix: string): string {
    this.ids += 1;
    return `${prefix}_${this.tenantId}_${this.ids}`;
  }
}

function pickFrom<T>(items: readonly T[], pick: number): T | undefined {
  return items[pick % Math.max(1, items.length)];
}

/**
 * Events of one token account as the decider would have written them: bought, granted, held, settled
 * in part, released, refunded, expired, charged back and frozen, in any order the rules allow.
 * Ids carry the tenant's id, so histories of several tenants do not share any.
 */
export function tokenAccountHistory(
  tenantId: string,
  maxSteps = 60,
): fc.Arbitrary<readonly TokenAccountEvent[]> {
  return fc.array(step, { maxLength: maxSteps }).map((steps) => {
    const player = new AccountPlayer(tenantId);
    for (const taken of steps) player.play(taken);
    return player.events;
  });
}
