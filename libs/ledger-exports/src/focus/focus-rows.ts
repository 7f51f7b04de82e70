import {
  type BookedEntry,
  changesOfOwed,
  decimalAmount,
  type JournalEntry,
  monthsLater,
  type StatementShare,
  startOfMonth,
} from '@imprest/domain';
import { csvLine } from '../csv.js';

export interface FocusOptions {
  /** Who sells the tokens, as the customer's cost tool is to show it. */
  readonly provider: string;
  /** What a lot was sold for and would have cost without a discount; undefined without one. */
  listPrice(
    tenantId: string,
    lotId: string,
  ): { readonly paidMinorUnits: bigint; readonly listMinorUnits: bigint } | undefined;
}

/** Columns of FOCUS 1.2 that are mandatory, or that have something to say here, and what we add (`x_`). */
const COLUMNS = [
  ...['BilledCost', 'BillingAccountId', 'BillingAccountName', 'BillingCurrency'],
  ...['BillingPeriodEnd', 'BillingPeriodStart', 'ChargeCategory', 'ChargeClass'],
  ...['ChargeDescription', 'ChargeFrequency', 'ChargePeriodEnd', 'ChargePeriodStart'],
  ...['ConsumedQuantity', 'ConsumedUnit', 'ContractedCost', 'EffectiveCost', 'InvoiceIssuerName'],
  ...['ListCost', 'PricingQuantity', 'PricingUnit', 'ProviderName', 'PublisherName', 'ResourceId'],
  ...[
    'ResourceType',
    'ServiceCategory',
    'ServiceName',
    'SkuId',
    'SubAccountId',
    'x_EventId',
    'x_KnownAt',
  ],
] as const;

type Row = Readonly<Record<(typeof COLUMNS)[number], string | null>>;

/** What an entry is to a cost tool; undefined for what costs nobody anything. */
interface Charge {
  readonly category: 'Purchase' | 'Usage' | 'Credit';
  /** Of what was charged before. */
  readonly isCorrection: boolean;
  readonly description: string;
  /** Money leaves the customer or comes back when tokens are bought, and only then. */
  readonly isBilled: boolean;
}

function chargeOf(type: JournalEntry['type']): Charge | undefined {
  const usage = { category: 'Usage', isBilled: false } as const;
  const purchase = { category: 'Purchase', isBilled: true } as const;
  switch (type) {
    case 'TokensPurchased':
      return { ...purchase, isCorrection: false, description: 'Prepaid tokens' };
    case 'PurchaseRefunded':
      return { ...purchase, isCorrection: true, description: 'Prepaid tokens refunded' };
    case 'ChargedBack':
      return { ...purchase, isCorrection: true, description: 'Payment charged back' };
    case 'HoldSettled':
      return { ...usage, isCorrection: false, description: 'Image generation' };
    case 'TokensRefunded':
      return { ...usage, isCorrection: true, description: 'Image generation refunded' };
    case 'TokensGranted':
      return {
        ...{ category: 'Credit', isBilled: false, isCorrection: false },
        description: 'Promotional tokens',
      };
    default:
      return undefined;
  }
}

/** The same share of the list price as of the price paid, rounded down. */
function listWorth(
  tenantId: string,
  { lotId, money }: StatementShare,
  { listPrice }: FocusOptions,
): string {
  if (money === null) return '0';
  const prices = listPrice(tenantId, lotId);
  if (prices === undefined || prices.paidMinorUnits === 0n) return decimalAmount(money);
  const minorUnits = (money.minorUnits * prices.listMinorUnits) / prices.paidMinorUnits;
  return decimalAmount({ minorUnits, currency: money.currency });
}

function negated(text: string): string {
  if (text.startsWith('-')) return text.slice(1);
  return /[1-9]/.test(text) ? `-${text}` : text;
}

function rowOf(
  { month, entry }: BookedEntry,
  share: StatementShare,
  charge: Charge,
  options: FocusOptions,
): Row {
  const { lotId, tokens, money } = share;
  const { provider } = options;
  const list = listWorth(entry.tenantId, share, options);
  const amount = money === null ? '0' : decimalAmount(money);
  const isUsage = charge.category === 'Usage';
  const worth = isUsage ? negated(amount) : amount;
  const billed = charge.isBilled ? worth : '0';
  const effective = isUsage ? worth : '0';
  const quantity = (isUsage ? -tokens : tokens).toString();
  const own = entry.happenedAt.slice(0, 19).concat('Z');
  return {
    BilledCost: billed,
    BillingAccountId: entry.tenantId,
    BillingAccountName: entry.tenantId,
    BillingCurrency: money?.currency ?? null,
    BillingPeriodEnd: startOfMonth(monthsLater(month, 1)),
    BillingPeriodStart: startOfMonth(month),
    ChargeCategory: charge.category,
    ChargeClass: charge.isCorrection ? 'Correction' : null,
    ChargeDescription: charge.description,
    ChargeFrequency: isUsage ? 'Usage-Based' : 'One-Time',
    ChargePeriodEnd: own,
    ChargePeriodStart: own,
    ConsumedQuantity: isUsage ? quantity : null,
    ConsumedUnit: isUsage ? 'Tokens' : null,
    ContractedCost: worth,
    EffectiveCost: effective,
    InvoiceIssuerName: provider,
    ListCost: isUsage ? negated(list) : list,
    PricingQuantity: quantity,
    PricingUnit: 'Tokens',
    ProviderName: provider,
    PublisherName: provider,
    ResourceId: entry.generationId,
    ResourceType: entry.generationId === null ? null : 'Generation',
    ServiceCategory: 'AI and Machine Learning',
    ServiceName: 'Image generation',
    SkuId: lotId,
    SubAccountId: entry.tenantId,
    x_EventId: entry.eventId,
    x_KnownAt: entry.knownAt,
  };
}

/**
 * Rows for cost tools (FinOps FOCUS 1.2): the purchase of tokens is billed and costs nothing yet, using
 * them is billed at 0 and costs what the tokens are worth. One row for each lot that an entry moves.
 */
export async function* focusRows(
  pages: AsyncIterable<readonly BookedEntry[]>,
  options: FocusOptions,
): AsyncGenerator<string> {
  yield csvLine(COLUMNS);
  for await (const page of pages) {
    yield page
      .flatMap((booked) => {
        const charge = chargeOf(booked.entry.type);
        if (charge === undefined) return [];
        return changesOfOwed(booked.entry).map((share) => {
          const row = rowOf(booked, share, charge, options);
          return csvLine(COLUMNS.map((column) => row[column]));
        });
      })
      .join('');
  }
}
