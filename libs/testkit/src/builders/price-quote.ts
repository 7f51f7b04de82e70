import type { PriceQuote } from '@imprest/domain';

/** A quote that adds up: `total` follows from images and price per image. */
export function priceQuote(overrides: Partial<Omit<PriceQuote, 'total'>> = {}): PriceQuote {
  const quoted = {
    priceBookVersion: '2026-01',
    model: 'landscape-1',
    sizeClass: '2K',
    images: 1,
    perImage: 10n,
    ...overrides,
  } as const;
  return { ...quoted, total: quoted.perImage * BigInt(quoted.images) };
}

/** One image at this price: for tests that care about the amount only. */
export function priceOf(tokens: bigint): PriceQuote {
  return priceQuote({ perImage: tokens });
}
