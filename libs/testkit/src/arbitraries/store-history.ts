import type { Allocation, DomainEvent } from '@imprest/domain';
import fc from 'fast-check';
import {
  allocationsOf,
  exampleEvent,
  generationRequest,
  tokensHeld,
  tokensPurchased,
} from '../builders/index.js';
import { randomFrom } from '../consuming/unruly-deliveries.js';
import { RecordedLog } from '../projections/recorded-log.js';

interface Fact {
  /** Of the stream; its category follows from the event. */
  readonly id: string;
  readonly event: DomainEvent;
}

/** What a history is made from, which is shorter to print than the history. */
export interface StoreHistory {
  readonly seed: number;
  readonly generations: number;
}

type Random = () => number;

const TENANTS = ['ten_a', 'ten_b'];
/** By tenant: an end user of one is not known to another. */
const END_USERS: Record<string, readonly string[]> = {
  ten_a: ['usr_a', 'usr_b'],
  ten_b: ['usr_c', 'usr_d'],
};
const HELD = 40n;

/** Takes turns among sequences, each of which keeps its order. */
function merged<T>(sequences: readonly (readonly T[])[], random: Random): T[] {
  const left = sequences.map((sequence) => [...sequence]).filter(({ length }) => length > 0);
  const all: T[] = [];
  while (left.length > 0) {
    const n = Math.floor(random() * left.length);
    all.push(left[n]!.shift() as T);
    if (left[n]!.length === 0) left.splice(n, 1);
  }
  return all;
}

const pickFrom = <T>(items: readonly T[], random: Random) =>
  items[Math.floor(random() * items.length)] as T;
const someOf = <T>(items: readonly T[], random: Random) =>
  items.slice(0, Math.floor(random() * (items.length + 1)));
const facts = (id: string, ...events: readonly DomainEvent[]): Fact[] =>
  events.map((event) => ({ id, event }));

/** A generation's own events, and what happens to the account because of them. */
function generation(n: number, random: Random) {
  const tenantId = pickFrom(TENANTS, random);
  const endUserId = pickFrom(END_USERS[tenantId] ?? [], random);
  const id = `req_${n}`;
  const charged = pickFrom([0n, 10n, HELD], random);
  const outcome = { charged, refunded: HELD - charged };
  const ends: readonly DomainEvent[] = [
    {
      type: 'GenerationSucceeded',
      data: { ...exampleEvent('GenerationSucceeded').data, images: 1, ...outcome },
    },
    {
      type: 'GenerationFailed',
      data: { ...exampleEvent('GenerationFailed').data, charged: 0n, refunded: HELD },
    },
    {
      type: 'GenerationCancelled',
      data: { ...exampleEvent('GenerationCancelled').data, charged: 0n, refunded: HELD },
    },
  ];
  const image: DomainEvent = {
    type: 'ImageStored',
    data: { ...exampleEvent('ImageStored').data, assetId: `ast_${n}` },
  };
  const end = pickFrom(ends, random);
  const events: readonly DomainEvent[] = [
    { type: 'GenerationRequested', data: generationRequest({ tenantId, endUserId }) },
    exampleEvent('GenerationStarted'),
    image,
    end,
    exampleEvent('GenerationErased'),
  ];
  const captured = end.type === 'GenerationSucceeded' ? charged : 0n;
  const money = [tokensHeld(id, { [`lot_${tenantId}`]: HELD }), closed(id, tenantId, captured)];
  return { tenantId, own: facts(id, ...someOf(events, random)), money: someOf(money, random) };
}

function closed(generationId: string, tenantId: string, captured: bigint): DomainEvent {
  const of = (tokens: bigint): readonly Allocation[] =>
    tokens === 0n ? [] : allocationsOf({ [`lot_${tenantId}`]: tokens });
  if (captured === 0n) {
    return {
      type: 'HoldReleased',
      data: { generationId, released: of(HELD), reason: 'nothing made' },
    };
  }
  const data = { generationId, captured: of(captured), released: of(HELD - captured) };
  return { type: 'HoldSettled', data };
}

function account(tenantId: string, money: readonly (readonly DomainEvent[])[], random: Random) {
  const opened: DomainEvent = { type: 'AccountOpened', data: { tenantId } };
  const start = [opened, tokensPurchased(`lot_${tenantId}`, 100_000n)];
  return facts(tenantId, ...start, ...merged(money, random));
}

function endUser(tenantId: string, id: string, random: Random): Fact[] {
  const registered = exampleEvent('EndUserRegistered');
  const later = [
    exampleEvent('EndUserPromptRefused'),
    exampleEvent('EndUserBlocked'),
    exampleEvent('EndUserUnblocked'),
    exampleEvent('EndUserErased'),
  ];
  const own = { ...registered, data: { ...registered.data, tenantId } };
  return facts(id, own, ...someOf(later, random));
}

function webhookMessage(id: string, random: Random): Fact[] {
  const { data } = exampleEvent('WebhookAttempted');
  const attempts = [1, 2, 3].map((attempt) => ({
    type: 'WebhookAttempted' as const,
    data: { ...data, attempt },
  }));
  const later = [...attempts, exampleEvent('WebhookMessageWithdrawn')];
  return facts(id, exampleEvent('WebhookMessageCreated'), ...someOf(later, random));
}

/** The same history for the same seed. */
export function historyOf({ seed, generations }: StoreHistory): RecordedLog {
  const random = randomFrom(seed);
  const requests = Array.from({ length: generations }, (_, n) => generation(n, random));
  const moneyOf = (tenantId: string) =>
    requests.filter((each) => each.tenantId === tenantId).map(({ money }) => money);
  const key = [exampleEvent('ApiKeyIssued'), exampleEvent('ApiKeyRotated')];
  const topUp = [
    exampleEvent('TopUpRequested'),
    exampleEvent('CheckoutOpened'),
    exampleEvent('PaymentConfirmed'),
  ];
  const moderated = [
    exampleEvent('CaseOpened'),
    exampleEvent('MediaUnblurred'),
    exampleEvent('CaseDecided'),
    exampleEvent('CaseReopened'),
  ];
  const sequences = [
    ...requests.map(({ own }) => own),
    ...TENANTS.map((id) => facts(id, exampleEvent('TenantCreated'))),
    ...TENANTS.map((id) => account(id, moneyOf(id), random)),
    ...TENANTS.flatMap((of) => (END_USERS[of] ?? []).map((id) => endUser(of, id, random))),
    ...['key_a', 'key_b'].map((id) => facts(id, ...someOf(key, random))),
    ...['msg_a', 'msg_b', 'msg_c'].map((id) => webhookMessage(id, random)),
    ...['top_a', 'top_b'].map((id) => facts(id, ...someOf(topUp, random))),
    ...['case_a', 'case_b'].map((id) => facts(id, ...someOf(moderated, random))),
    facts('log', exampleEvent('SealKeyIntroduced'), exampleEvent('LedgerSealed')),
  ];
  const log = new RecordedLog();
  for (const { id, event } of merged(sequences, random)) log.record(id, event);
  return log;
}

/**
 * Stores in which generations, their money, end users, keys, webhook messages, top-ups and seals take turns. Every
 * stream is one that its decider could have written; streams are in any order to each other, as deliveries
 * may make them.
 */
export const storeHistory: fc.Arbitrary<StoreHistory> = fc.record({
  seed: fc.nat({ max: 1_000_000 }),
  generations: fc.integer({ min: 0, max: 14 }),
});
