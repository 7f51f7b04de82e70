import {
  type HoldSettled,
  type TokenAccountCommand,
  type TokenAccountEvent,
  tokenAccount,
} from '@imprest/domain';
import fc from 'fast-check';
import { priceQuote } from '../builders/index.js';
import { fixedClock } from '../fixed-clock.js';
import { type AccountStep, accountStep } from './account-step.js';

const HOUR_MS = 3_600_000;

/** Plays steps against the decider: what it rejects leaves no event, so every history is a possible one. */
class AccountPlayer {
  readonly events: TokenAccountEvent[] = [];
  private readonly clock = fixedClock();
  private readonly settled: HoldSettled['data'][] = [];
  private state = tokenAccount.initialState();
  private ids = 0;

  constructor(private readonly tenantId: string) {
    this.run({ type: 'OpenAccount', tenantId });
  }

  play(step: AccountStep): void {
    if (step.kind === 'wait') {
      this.clock.advance(step.hours * HOUR_MS);
      return;
    }
    const command = this.command(step);
    if (command !== undefined) this.run(command);
  }

  private command(step: Exclude<AccountStep, { kind: 'wait' }>): TokenAccountCommand | undefined {
    switch (step.kind) {
      case 'purchase':
      case 'grant':
        return this.received(step);
      case 'hold': {
        const price = priceQuote({ images: step.images, perImage: step.perImage });
        return { type: 'HoldTokens', generationId: this.newId('req'), price, now: this.now };
      }
      case 'settle':
      case 'release':
        return this.closed(step);
      case 'refund': {
        const generation = pickFrom(this.settled, step.pick);
        if (generation === undefined) return undefined;
        const { generationId, captured } = generation;
        const refund = { refundId: this.newId('ref'), tokens: step.tokens, reason: 'a seam' };
        return { type: 'RefundTokens', generationId, captured, ...refund };
      }
      case 'chargeBack': {
        const lotId = pickFrom([...this.state.lots.keys()], step.pick);
        if (lotId === undefined) return undefined;
        const chargeBackId = this.newId('cbk');
        return { type: 'ChargeBack', chargeBackId, lotId, tokens: step.tokens, reason: 'disputed' };
      }
      case 'refundPurchase': {
        const lot = pickFrom([...this.state.lots.values()], step.pick);
        if (lot === undefined) return undefined;
        const { lotId, available } = lot;
        const refund = { purchaseRefundId: this.newId('prf'), reason: 'ordered twice' };
        return {
          type: 'RefundPurchase',
          lotId,
          tokens: (available * step.percent) / 100n,
          ...refund,
        };
      }
      case 'expire':
        return { type: 'ExpireLots', now: this.now };
      case 'freeze':
        return { type: 'FreezeAccount', reason: 'under review' };
      case 'unfreeze':
        return { type: 'UnfreezeAccount', reason: 'reviewed' };
    }
  }

  private received(step: Extract<AccountStep, { kind: 'purchase' | 'grant' }>) {
    const lot = { lotId: this.newId('lot'), tokens: step.tokens };
    if (step.kind === 'purchase') {
      const paid = { minorUnits: step.minorUnits, currency: step.currency };
      return { type: 'PurchaseTokens', ...lot, paid, paymentId: this.newId('pay') } as const;
    }
    const { lifeHours } = step;
    const end = this.clock.now().getTime() + (lifeHours ?? 0) * HOUR_MS;
    const expiresAt = lifeHours === null ? null : new Date(end).toISOString();
    return { type: 'GrantTokens', ...lot, reason: 'welcome', expiresAt, now: this.now } as const;
  }

  private closed(step: Extract<AccountStep, { kind: 'settle' | 'release' }>) {
    const open = pickFrom([...this.state.holds], step.pick);
    if (open === undefined) return undefined;
    const [generationId, { tokens }] = open;
    if (step.kind === 'release') {
      return { type: 'ReleaseHold', generationId, reason: 'cancelled' } as const;
    }
    return { type: 'SettleHold', generationId, capture: (tokens * step.percent) / 100n } as const;
  }

  private run(command: TokenAccountCommand): void {
    const decision = tokenAccount.decide(command, this.state);
    if (decision.kind === 'rejected') return;
    for (const event of decision.events) {
      this.state = tokenAccount.evolve(this.state, event);
      this.events.push(event);
      if (event.type === 'HoldSettled') this.settled.push(event.data);
    }
  }

  private get now(): string {
    return this.clock.isoNow();
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
 * in part, released, refunded, expired, charged back, repaid and frozen, in any order the rules allow.
 * Ids carry the tenant's id, so histories of several tenants do not share any.
 */
export function tokenAccountHistory(
  tenantId: string,
  maxSteps = 80,
): fc.Arbitrary<readonly TokenAccountEvent[]> {
  return fc.array(accountStep, { maxLength: maxSteps, size: 'max' }).map((steps) => {
    const player = new AccountPlayer(tenantId);
    for (const step of steps) player.play(step);
    return player.events;
  });
}
