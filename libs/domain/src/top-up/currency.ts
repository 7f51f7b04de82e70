import type { Money } from '../shared/tokens.js';

/** Currencies of ISO 4217 without a minor unit that payment providers treat as such. */
const WITHOUT_MINOR_UNIT: ReadonlySet<string> = new Set(
  'BIF CLP DJF GNF JPY KMF KRW MGA PYG RWF VND VUV XAF XOF XPF'.split(' '),
);

/** Currencies whose minor unit is no hundredth, or on which providers and ISO 4217 disagree. */
const NOT_SOLD_IN: ReadonlySet<string> = new Set('BHD ISK IQD JOD KWD LYD OMR TND UGX'.split(' '));

const CODE = /^[A-Z]{3}$/;
const DECIMAL = /^(0|[1-9][0-9]{0,14})(?:\.([0-9]+))?$/;

/** Whether prices can be stated in it: a code of ISO 4217 with two decimals or none. */
export function isSoldIn(currency: string): boolean {
  return CODE.test(currency) && !NOT_SOLD_IN.has(currency);
}

const decimalsOf = (currency: string) => (WITHOUT_MINOR_UNIT.has(currency) ? 0 : 2);

/** `12.50`, without the currency. */
export function decimalAmount({ minorUnits, currency }: Money): string {
  const decimals = decimalsOf(currency);
  if (decimals === 0) return minorUnits.toString();
  const sign = minorUnits < 0n ? '-' : '';
  const digits = (minorUnits < 0n ? -minorUnits : minorUnits)
    .toString()
    .padStart(decimals + 1, '0');
  return `${sign}${digits.slice(0, -decimals)}.${digits.slice(-decimals)}`;
}

/** `12.50 EUR`. */
export function moneyText(money: Money): string {
  return `${decimalAmount(money)} ${money.currency}`;
}

/**
 * An amount out of its decimal text.
 * @param beyond what to do with digits below the minor unit other than zeros: nothing is sold by fractions
 * of a cent, but a payment in another asset, converted, may come to some.
 * @returns undefined for what is no such amount
 */
export function parseAmount(
  text: string,
  currency: string,
  beyond: 'refuse' | 'drop' = 'refuse',
): Money | undefined {
  const match = DECIMAL.exec(text);
  if (match === null || !isSoldIn(currency)) return undefined;
  const [, whole = '', fraction = ''] = match;
  const decimals = decimalsOf(currency);
  if (beyond === 'refuse' && /[1-9]/.test(fraction.slice(decimals))) return undefined;
  const digits = whole + fraction.slice(0, decimals).padEnd(decimals, '0');
  return { minorUnits: BigInt(digits), currency };
}
