/** A whole number: decimal text, bigint, or a number that is exact. */
export type WholeNumber = string | number | bigint;

const GROUPS = /\B(?=(\d{3})+$)/g;
/** Between groups of three digits: a narrow space that no line breaks at. */
const GROUP_SPACE = '\u202f';

function exactDigits(value: WholeNumber): string {
  const exact = typeof value === 'number' ? Number.isSafeInteger(value) : true;
  const text = String(value);
  if (!exact || !/^-?\d+$/.test(text)) throw new RangeError(`${text} is no whole number`);
  return text;
}

const grouped = (digits: string) => digits.replace(GROUPS, GROUP_SPACE);

const MINUS = '\u2212';
const signed = (text: string) => (text.startsWith('-') ? MINUS + text.slice(1) : text);

/** `1234567` as `1 234 567`. @throws RangeError for what is no whole number */
export const formatTokens = (value: WholeNumber): string => signed(grouped(exactDigits(value)));

/** A decimal text as the API writes it, `1250.00`, as `1 250.00`. @throws RangeError for anything else */
export function formatDecimal(value: string): string {
  const [, whole, fraction = ''] = /^(-?\d+)(\.\d+)?$/.exec(value) ?? [];
  if (whole === undefined) throw new RangeError(`${value} is no decimal number`);
  return signed(grouped(whole)) + fraction;
}

/** Digits after the point of a currency; two when it is none we know of. */
export function fractionDigits(currency: string): number {
  try {
    const format = new Intl.NumberFormat('en', { style: 'currency', currency });
    return format.resolvedOptions().maximumFractionDigits ?? 2;
  } catch {
    return 2;
  }
}

/** `125050` in minor units of EUR as `1250.50`. @throws RangeError for what is no whole number */
export function fromMinorUnits(minorUnits: WholeNumber, currency: string): string {
  const text = exactDigits(minorUnits);
  const digits = fractionDigits(currency);
  if (digits === 0) return text;
  const sign = text.startsWith('-') ? '-' : '';
  const padded = text.slice(sign.length).padStart(digits + 1, '0');
  return `${sign}${padded.slice(0, -digits)}.${padded.slice(-digits)}`;
}

/** Share of a whole in percent with one digit, rounded down: only all of it is 100%. */
export function formatShare(part: WholeNumber, whole: WholeNumber): string {
  const all = BigInt(exactDigits(whole));
  if (all === 0n) return '–';
  const tenths = (BigInt(exactDigits(part)) * 1000n) / all;
  return `${tenths / 10n}.${tenths % 10n}\u202f%`;
}

const BYTE_UNITS = ['B', 'kB', 'MB', 'GB'] as const;

/** Size of a file with three digits, in powers of a thousand: `482 kB`. */
export function formatBytes(bytes: number): string {
  const power = Math.min(BYTE_UNITS.length - 1, Math.floor(Math.log10(Math.max(1, bytes)) / 3));
  const size = bytes / 1000 ** power;
  const digits = power === 0 || size >= 100 ? 0 : size >= 10 ? 1 : 2;
  return `${size.toFixed(digits)}\u202f${BYTE_UNITS[power]}`;
}
