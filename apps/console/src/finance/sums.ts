export interface Money {
  readonly currency: string;
  /** A whole number as a decimal text. */
  readonly minorUnits: string;
}

/** Sum of whole numbers as the API writes them; nothing counts as nothing. */
export const sumOf = (values: readonly (string | null | undefined)[]): bigint =>
  values.reduce((sum, value) => sum + BigInt(value ?? 0), 0n);

/** Sum in each currency, by its code. */
export function sumByCurrency(amounts: readonly Money[]): Money[] {
  const currencies = [...new Set(amounts.map(({ currency }) => currency))].sort();
  return currencies.map((currency) => {
    const inIt = amounts.filter((amount) => amount.currency === currency);
    return { currency, minorUnits: sumOf(inIt.map(({ minorUnits }) => minorUnits)).toString() };
  });
}

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
