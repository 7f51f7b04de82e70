import fc from 'fast-check';

/** What a tenant, its customers or an operator may try next; `pick` chooses among what is there. */
export type AccountStep =
  | {
      readonly kind: 'purchase';
      readonly tokens: bigint;
      readonly minorUnits: bigint;
      readonly currency: string;
    }
  | { readonly kind: 'grant'; readonly tokens: bigint; readonly lifeHours: number | null }
  | { readonly kind: 'hold'; readonly images: number; readonly perImage: bigint }
  | { readonly kind: 'settle'; readonly pick: number; readonly percent: bigint }
  | { readonly kind: 'release'; readonly pick: number }
  | { readonly kind: 'refund'; readonly pick: number; readonly tokens: bigint }
  | { readonly kind: 'chargeBack'; readonly pick: number; readonly tokens: bigint }
  | { readonly kind: 'refundPurchase'; readonly pick: number; readonly percent: bigint }
  | { readonly kind: 'wait'; readonly hours: number }
  | { readonly kind: 'expire' }
  | { readonly kind: 'freeze' }
  | { readonly kind: 'unfreeze' };

type Kind = AccountStep['kind'];
type Fields<K extends Kind> = {
  [Key in Exclude<keyof Extract<AccountStep, { kind: K }>, 'kind'>]: fc.Arbitrary<
    Extract<AccountStep, { kind: K }>[Key]
  >;
};

function weighted<K extends Kind>(weight: number, kind: K, fields: Fields<K>) {
  const arbitrary = fc.record({ kind: fc.constant(kind), ...fields });
  return { weight, arbitrary: arbitrary as unknown as fc.Arbitrary<AccountStep> };
}

const pick = fc.nat(1_000);

export const accountStep: fc.Arbitrary<AccountStep> = fc.oneof(
  weighted(4, 'purchase', {
    tokens: fc.bigInt(1n, 900n),
    minorUnits: fc.bigInt(0n, 900n),
    currency: fc.constantFrom('EUR', 'EUR', 'USD'),
  }),
  weighted(3, 'grant', {
    tokens: fc.bigInt(1n, 300n),
    lifeHours: fc.option(fc.integer({ min: 1, max: 72 })),
  }),
  weighted(12, 'hold', {
    images: fc.integer({ min: 1, max: 4 }),
    perImage: fc.bigInt(0n, 40n),
  }),
  weighted(9, 'settle', { pick, percent: fc.bigInt(0n, 100n) }),
  weighted(2, 'release', { pick }),
  weighted(4, 'refund', { pick, tokens: fc.bigInt(1n, 60n) }),
  weighted(1, 'chargeBack', { pick, tokens: fc.bigInt(1n, 300n) }),
  weighted(1, 'refundPurchase', { pick, percent: fc.bigInt(1n, 100n) }),
  weighted(3, 'wait', { hours: fc.integer({ min: 1, max: 30 }) }),
  weighted(1, 'expire', {}),
  weighted(1, 'freeze', {}),
  weighted(3, 'unfreeze', {}),
);
