export interface Money {
  readonly currency: string;
  /** A whole number as a decimal text. */
  readonly minorUnits: string;
}

/** Sum of whole numbers as the API writes them; nothing counts as nothing. */
export const sumOf = (values: readonly (string | null | undefined)[]): bigint =>
  values.reduce((sum, value) => sum + BigInt(value ?? 0), 0n);

export interface Totals {
  /** Sum in tokens, a decimal text. */
  readonly total: string;
  readonly totalMoney: readonly Money[];
}

/** Whether books sum to zero in tokens and in every currency, as they must. */
export const isBalanced = ({ total, totalMoney }: Totals): boolean =>
  BigInt(total) === 0n && totalMoney.every(({ minorUnits }) => BigInt(minorUnits) === 0n);

/** The amount of one currency among several; null when there is none of it. */
export const inCurrency = (amounts: readonly Money[], currency: string): string | null =>
  amounts.find((amount) => amount.currency === currency)?.minorUnits ?? null;
