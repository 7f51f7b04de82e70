import { type EventStore, NO_STREAM, type StreamAppend, uuidV7 } from '@imprest/application';
import { type Allocation, sumOfAllocations, type TokenAccountEvent } from '@imprest/domain';
import { type EventEnvelope, streamName, toEnvelope } from '@imprest/event-catalogue';

const TENANTS = 200;
const LOT_TOKENS = 1_000_000_000n;
const EVENTS_PER_APPEND = 5_000;
const OCCURRED_MS = Date.parse('2026-01-15T09:00:00.000Z');

/** A tenant's account in everyday use: bought once, then a hold and its settle by turns, one in four in part. */
class Account {
  revision = NO_STREAM;
  private open: { readonly generationId: string; readonly held: Allocation } | undefined;

  constructor(readonly tenantId: string) {}

  next(sequence: number): TokenAccountEvent {
    if (this.revision === NO_STREAM) {
      return { type: 'AccountOpened', data: { tenantId: this.tenantId } };
    }
    if (this.revision === 0) return purchase(this.tenantId);
    return this.open === undefined ? this.hold(sequence) : this.settle(sequence);
  }

  private hold(sequence: number): TokenAccountEvent {
    const generationId = `req_01kf0abt7y8c9d${String(sequence).padStart(12, '0')}`;
    const held = { lotId: lotOf(this.tenantId), tokens: 40n };
    this.open = { generationId, held };
    const quoted = { priceBookVersion: '2026-01', model: 'landscape-1', sizeClass: '2K' } as const;
    const price = { ...quoted, images: 4, perImage: 10n, total: held.tokens };
    const data = { generationId, tokens: held.tokens, allocations: [held], price };
    return { type: 'TokensHeld', data };
  }

  private settle(sequence: number): TokenAccountEvent {
    const { generationId, held } = this.open as NonNullable<Account['open']>;
    this.open = undefined;
    const lost = sequence % 4 === 0 ? 10n : 0n;
    const captured = [{ ...held, tokens: held.tokens - lost }];
    const released = lost > 0n ? [{ ...held, tokens: lost }] : [];
    return { type: 'HoldSettled', data: { generationId, captured, released } };
  }
}

const lotOf = (tenantId: string) => `lot_of_${tenantId}`;

function purchase(tenantId: string): TokenAccountEvent {
  const paid = { minorUnits: LOT_TOKENS, currency: 'EUR' };
  const lot = { lotId: lotOf(tenantId), tokens: LOT_TOKENS, paymentId: `pay_${tenantId}` };
  const sale = { provider: 'manual', discount: null };
  return { type: 'TokensPurchased', data: { ...lot, ...sale, paid } };
}

function envelope(event: TokenAccountEvent, sequence: number): EventEnvelope {
  const occurredMs = OCCURRED_MS + sequence;
  return toEnvelope(event, uuidV7(occurredMs), {
    correlationId: `cor_${sequence}`,
    causationId: `cau_${sequence}`,
    occurredAt: new Date(occurredMs).toISOString(),
    actor: { kind: 'apiKey', id: 'key_01kf0a8r5w6z7a9n3d4e5f6g7h' },
  });
}

/** Appends `events` facts of 200 accounts that take turns. @throws Error when the store is not empty. */
export async function appendAccountHistory(store: EventStore, events: number): Promise<void> {
  const accounts = Array.from(
    { length: TENANTS },
    (_, index) => new Account(`ten_${String(index).padStart(26, '0')}`),
  );
  for (let from = 0; from < events; from += EVENTS_PER_APPEND) {
    const pending = new Map<Account, { expectedRevision: number; events: EventEnvelope[] }>();
    for (
      let sequence = from;
      sequence < Math.min(from + EVENTS_PER_APPEND, events);
      sequence += 1
    ) {
      const account = accounts[sequence % TENANTS] as Account;
      let append = pending.get(account);
      if (append === undefined) {
        append = { expectedRevision: account.revision, events: [] };
        pending.set(account, append);
      }
      append.events.push(envelope(account.next(sequence), sequence));
      account.revision += 1;
    }
    const appends: StreamAppend[] = [...pending].map(([{ tenantId }, append]) => ({
      stream: streamName('tokenAccount', tenantId),
      ...append,
    }));
    const { kind } = await store.append(appends);
    if (kind === 'conflict') throw new Error('the store held token accounts already');
  }
}

/** Balance of every account of the chart after all events; the sum over them is zero. */
export class BalancesOfHistory {
  readonly balances = new Map<string, bigint>();
  events = 0;

  add(tenantId: string, event: TokenAccountEvent): void {
    this.events += 1;
    switch (event.type) {
      case 'TokensPurchased':
        this.move(tenantId, 'bought', 'available', event.data.tokens);
        break;
      case 'TokensHeld':
        this.move(tenantId, 'available', 'held', event.data.tokens);
        break;
      case 'HoldSettled':
        this.move(tenantId, 'held', 'earned', sumOfAllocations(event.data.captured));
        this.move(tenantId, 'held', 'available', sumOfAllocations(event.data.released));
        break;
    }
  }

  /** @throws Error when tokens were lost or made, or events are missing. */
  verify(events: number): void {
    const sum = [...this.balances.values()].reduce((total, tokens) => total + tokens, 0n);
    if (sum !== 0n) throw new Error(`balances sum to ${sum}`);
    if (this.events !== events) throw new Error(`${this.events} of ${events} events were folded`);
  }

  private move(tenantId: string, from: string, to: string, tokens: bigint): void {
    const { balances } = this;
    const [source, target] = [`${tenantId}:${from}`, `${tenantId}:${to}`];
    balances.set(source, (balances.get(source) ?? 0n) - tokens);
    balances.set(target, (balances.get(target) ?? 0n) + tokens);
  }
}
