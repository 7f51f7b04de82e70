import type { LedgerEntryView, LotShare } from '@imprest/read-models';

/** What one lot had to do with a generation; amounts are decimal strings. */
export interface LotCost {
  readonly lotId: string;
  readonly kind: LotShare['kind'];
  readonly held: string;
  readonly charged: string;
  readonly returned: string;
  readonly refunded: string;
  /** Worth of what it paid for good, refunds taken off; null when nobody paid for its tokens. */
  readonly money: LotShare['money'];
}

type Amounts = { held: bigint; charged: bigint; returned: bigint; refunded: bigint };
interface Sums extends Amounts {
  readonly kind: LotShare['kind'];
  currency: string | undefined;
  minorUnits: bigint;
}

const given: Readonly<Record<string, keyof Amounts>> = {
  HoldSettled: 'returned',
  HoldReleased: 'returned',
  TokensRefunded: 'refunded',
};

/** Adds up the entries of one generation by lot, in the order in which lots were drawn from. */
export function lotCosts(entries: readonly LedgerEntryView[]): readonly LotCost[] {
  const lots = new Map<string, Sums>();
  const sumsOf = ({ lotId, kind }: LotShare): Sums => {
    const none = { held: 0n, charged: 0n, returned: 0n, refunded: 0n };
    const sums = lots.get(lotId) ?? { kind, ...none, currency: undefined, minorUnits: 0n };
    lots.set(lotId, sums);
    return sums;
  };
  for (const entry of [...entries].sort((a, b) => a.revision - b.revision)) {
    for (const share of entry.lots) {
      const sums = sumsOf(share);
      const tokens = BigInt(share.tokens);
      if (tokens < 0n) sums.held -= tokens;
      else sums[given[entry.type] ?? 'returned'] += tokens;
    }
    for (const share of entry.charged) {
      const sums = sumsOf(share);
      if (entry.type === 'HoldSettled') sums.charged += BigInt(share.tokens);
      sums.currency ??= share.money?.currency;
      sums.minorUnits += BigInt(share.money?.minorUnits ?? 0);
    }
  }
  return [...lots].map(([lotId, sums]) => costOf(lotId, sums));
}

function costOf(lotId: string, { kind, currency, minorUnits, ...amounts }: Sums): LotCost {
  const { held, charged, returned, refunded } = amounts;
  return {
    ...{ lotId, kind, held: `${held}`, charged: `${charged}` },
    ...{ returned: `${returned}`, refunded: `${refunded}` },
    money: currency === undefined ? null : { currency, minorUnits: `${minorUnits}` },
  };
}
