import { decimalAmount, type Money, refundedMinorUnits } from '@imprest/domain';
import type { TopUpRecord } from './top-up-record.js';

/** Amounts are decimal texts in `currency`. */
export interface Receipt {
  /** Of the receipt: one for each top-up. */
  readonly number: string;
  readonly topUpId: string;
  /** ISO 8601: when the tokens were credited. */
  readonly issuedAt: string;
  readonly seller: readonly string[];
  readonly buyer: { readonly tenantId: string; readonly name: string };
  readonly tokens: string;
  readonly package: string | null;
  readonly currency: string;
  readonly listPrice: string;
  /** What the volume discount and anything else took off the list price. */
  readonly discount: string;
  readonly discountTier: string | null;
  readonly paid: string;
  readonly payment: { readonly provider: string; readonly id: string };
  readonly refunded: string;
}

/**
 * Undefined as long as nothing has been credited: a receipt is for what was paid and delivered.
 * @param name of the tenant, as receipts have it
 */
export function receiptOf(
  record: TopUpRecord,
  seller: readonly string[],
  name: string,
): Receipt | undefined {
  const { state, creditedAt, id } = record;
  const { credit, terms, payment, tenantId, provider } = state;
  if (credit === null || terms === null || payment === null || creditedAt === null)
    return undefined;
  const { paid, tokens } = credit;
  const { currency } = paid;
  const text = (minorUnits: bigint) => decimalAmount({ minorUnits, currency } satisfies Money);
  const isListed = terms.listPrice.currency === currency && tokens === terms.tokens;
  const listed = isListed ? terms.listPrice.minorUnits : paid.minorUnits;
  return {
    number: `R-${id.slice('top_'.length).toUpperCase()}`,
    topUpId: id,
    issuedAt: creditedAt,
    seller,
    buyer: { tenantId, name },
    tokens: tokens.toString(),
    package: terms.packageId,
    currency,
    listPrice: text(listed),
    discount: text(listed - paid.minorUnits),
    discountTier: terms.discountTier,
    paid: text(paid.minorUnits),
    payment: { provider, id: payment.id },
    refunded: text(refundedMinorUnits(state)),
  };
}
