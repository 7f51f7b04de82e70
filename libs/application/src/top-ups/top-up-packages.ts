import type { Money, TopUpTerms } from '@imprest/domain';

export interface PackagePrice {
  /** Without the discount. */
  readonly listPrice: Money;
  readonly price: Money;
}

export interface VolumeDiscount {
  readonly tier: string;
  /** Whole percent off the list price. */
  readonly percent: number;
}

export interface TopUpPackage {
  readonly id: string;
  readonly tokens: bigint;
  readonly discount: VolumeDiscount | null;
  /** One for each currency it is sold in. */
  readonly prices: readonly PackagePrice[];
}

/** What tokens are sold for: data of the operator, in one version at a time. */
export interface TopUpPackages {
  readonly version: string;
  /** Minutes for which a price holds once it was asked for. */
  readonly holdMinutes: number;
  readonly packages: readonly TopUpPackage[];
  /** Who sells, as receipts have it; lines of an address. */
  readonly seller: readonly string[];
  /** What to tell those who pay by hand: lines such as an account to transfer to. */
  readonly manualInstructions: readonly string[];
}

/** Undefined when the package is not sold in the currency. */
export function termsOf(
  { version }: TopUpPackages,
  { id, tokens, discount, prices }: TopUpPackage,
  currency: string,
): TopUpTerms | undefined {
  const found = prices.find(({ price }) => price.currency === currency);
  if (found === undefined) return undefined;
  return {
    packageId: id,
    packagesVersion: version,
    tokens,
    listPrice: found.listPrice,
    price: found.price,
    discountTier: discount?.tier ?? null,
  };
}
