import type {
  Allocation,
  BudgetCharge,
  BudgetLimits,
  BudgetSubject,
  Money,
  PriceQuote,
  PurchaseDiscount,
} from '@imprest/domain';
import type { JsonObject } from '../envelope.js';
import { type EventOf, firstVersion } from '../event-definition.js';
import {
  amount,
  integer,
  list,
  nullable,
  object,
  oneOf,
  optional,
  string,
  timestamp,
} from '../schema.js';

const category = 'tokenAccount';

export const allocation = object<Allocation>({ lotId: string(), tokens: amount() });

const money = object<Money>({ minorUnits: amount(), currency: string() });

export const priceQuote = object<PriceQuote>({
  priceBookVersion: string(),
  model: string(),
  sizeClass: oneOf('2K', '4K', 'custom'),
  images: integer(),
  perImage: amount(),
  total: amount(),
});

const budgetCharge = object<BudgetCharge>({ budgetId: string(), on: string() });

const budgetSubject = object<BudgetSubject>({ kind: oneOf('apiKey', 'endUser'), id: string() });

/** What was held or refunded before there were budgets counts against none. */
const beforeBudgets = (data: JsonObject) => data;

export const tokenAccountEvents = {
  AccountOpened: firstVersion(
    category,
    object<EventOf<'AccountOpened'>['data']>({ tenantId: string() }),
  ),
  TokensPurchased: {
    category,
    version: 2,
    schema: object<EventOf<'TokensPurchased'>['data']>({
      lotId: string(),
      tokens: amount(),
      paid: money,
      paymentId: string(),
      provider: nullable(string()),
      discount: nullable(object<PurchaseDiscount>({ tier: string(), listMinorUnits: amount() })),
    }),
    // Whoever sold before discounts and providers were written down said neither.
    upcasters: [(data: JsonObject) => ({ ...data, provider: null, discount: null })],
  },
  TokensGranted: firstVersion(
    category,
    object<EventOf<'TokensGranted'>['data']>({
      lotId: string(),
      tokens: amount(),
      reason: string(),
      expiresAt: nullable(timestamp()),
    }),
  ),
  TokensHeld: {
    category,
    version: 2,
    schema: object<EventOf<'TokensHeld'>['data']>({
      generationId: string(),
      tokens: amount(),
      allocations: list(allocation),
      price: priceQuote,
      budgets: optional(list(budgetCharge)),
    }),
    upcasters: [beforeBudgets],
  },
  HoldSettled: firstVersion(
    category,
    object<EventOf<'HoldSettled'>['data']>({
      generationId: string(),
      captured: list(allocation),
      released: list(allocation),
    }),
  ),
  HoldReleased: firstVersion(
    category,
    object<EventOf<'HoldReleased'>['data']>({
      generationId: string(),
      released: list(allocation),
      reason: string(),
    }),
  ),
  TokensRefunded: {
    category,
    version: 2,
    schema: object<EventOf<'TokensRefunded'>['data']>({
      refundId: string(),
      generationId: string(),
      allocations: list(allocation),
      reason: string(),
      budgets: optional(list(budgetCharge)),
    }),
    upcasters: [beforeBudgets],
  },
  LotExpired: firstVersion(
    category,
    object<EventOf<'LotExpired'>['data']>({ lotId: string(), tokens: amount() }),
  ),
  ChargedBack: firstVersion(
    category,
    object<EventOf<'ChargedBack'>['data']>({
      chargeBackId: string(),
      lotId: string(),
      tokens: amount(),
      reason: string(),
    }),
  ),
  PurchaseRefunded: firstVersion(
    category,
    object<EventOf<'PurchaseRefunded'>['data']>({
      purchaseRefundId: string(),
      lotId: string(),
      tokens: amount(),
      reason: string(),
    }),
  ),
  AccountFrozen: firstVersion(
    category,
    object<EventOf<'AccountFrozen'>['data']>({ reason: string() }),
  ),
  AccountUnfrozen: firstVersion(
    category,
    object<EventOf<'AccountUnfrozen'>['data']>({ reason: string() }),
  ),
  BudgetSet: firstVersion(
    category,
    object<EventOf<'BudgetSet'>['data']>({
      budgetId: string(),
      subject: budgetSubject,
      limits: object<BudgetLimits>({
        perDay: nullable(amount()),
        perMonth: nullable(amount()),
        total: nullable(amount()),
      }),
    }),
  ),
  BudgetShared: firstVersion(
    category,
    object<EventOf<'BudgetShared'>['data']>({ budgetId: string(), subject: budgetSubject }),
  ),
  BudgetCleared: firstVersion(
    category,
    object<EventOf<'BudgetCleared'>['data']>({ subject: budgetSubject }),
  ),
};
