import type {
  PackagePrice,
  TopUpPackage,
  TopUpPackages,
  VolumeDiscount,
} from '@imprest/application';
import {
  DataFileError,
  knownFields,
  lines,
  loadDataFile,
  mapping,
  namedEntries,
  readYaml,
  text,
  wholeNumber,
} from '@imprest/data-files';
import { isSoldIn, type Money, moneyText, parseAmount } from '@imprest/domain';
import { builtInDataFile } from '../data-files/built-in-data-file.js';

const FILE_FIELDS = [
  ...['version', 'holdMinutes', 'seller', 'manualInstructions'],
  ...['listPrices', 'discounts', 'packages'],
];
const MOST_TOKENS = 1_000_000_000_000;
const LISTED_TOKENS = 1_000n;
/** Stripe closes no checkout earlier than in half an hour, and keeps none open for more than a day. */
const [LEAST_MINUTES, MOST_MINUTES] = [31, 23 * 60];

interface DiscountStep extends VolumeDiscount {
  readonly fromTokens: bigint;
}

function listPrices(value: unknown): readonly Money[] {
  const prices = Object.entries(mapping(value, 'listPrices')).map(([currency, amount]) => {
    const where = `listPrices.${currency}`;
    if (!isSoldIn(currency)) {
      throw new DataFileError(`${where}: tokens are not sold in this currency`);
    }
    const price = parseAmount(text(amount, where), currency);
    if (price !== undefined && price.minorUnits > 0n) return price;
    throw new DataFileError(`${where} must be an amount such as "10.00"`);
  });
  if (prices.length === 0) throw new DataFileError('listPrices must have a currency');
  return prices;
}

function discountSteps(value: unknown): readonly DiscountStep[] {
  return namedEntries(value ?? {}, 'discounts').map(([tier, entry]) => {
    const where = `discounts.${tier}`;
    const step = knownFields(mapping(entry, where), ['fromTokens', 'percent'], `${where}.`);
    const fromTokens = wholeNumber(step.fromTokens, `${where}.fromTokens`, 1, MOST_TOKENS);
    const percent = wholeNumber(step.percent, `${where}.percent`, 1, 99);
    return { tier, percent, fromTokens: BigInt(fromTokens) };
  });
}

/** The highest step that the tokens reach. */
function discountFor(tokens: bigint, steps: readonly DiscountStep[]): VolumeDiscount | null {
  let best: DiscountStep | undefined;
  for (const step of steps) {
    const reached = tokens >= step.fromTokens;
    if (reached && (best === undefined || step.fromTokens > best.fromTokens)) best = step;
  }
  return best === undefined ? null : { tier: best.tier, percent: best.percent };
}

/** Nothing is rounded: a price that comes to a fraction is the operator's to change. */
function exactly(minorUnits: bigint, parts: bigint, currency: string, where: string): Money {
  if (minorUnits % parts === 0n) return { minorUnits: minorUnits / parts, currency };
  const below = moneyText({ minorUnits: minorUnits / parts, currency });
  throw new DataFileError(`${where}: the price is a fraction more than ${below}`);
}

function priceOf(
  tokens: bigint,
  listed: Money,
  discount: VolumeDiscount | null,
  where: string,
): PackagePrice {
  const { minorUnits, currency } = listed;
  const share = BigInt(100 - (discount?.percent ?? 0));
  const total = minorUnits * tokens;
  return {
    listPrice: exactly(total, LISTED_TOKENS, currency, where),
    price: exactly(total * share, LISTED_TOKENS * 100n, currency, where),
  };
}

function onSale(
  value: unknown,
  listed: readonly Money[],
  steps: readonly DiscountStep[],
): readonly TopUpPackage[] {
  const packages = namedEntries(value, 'packages').map(([id, entry]) => {
    const where = `packages.${id}`;
    const fields = knownFields(mapping(entry, where), ['tokens'], `${where}.`);
    const tokens = BigInt(wholeNumber(fields.tokens, `${where}.tokens`, 1, MOST_TOKENS));
    const discount = discountFor(tokens, steps);
    return {
      id,
      tokens,
      discount,
      prices: listed.map((one) => priceOf(tokens, one, discount, where)),
    };
  });
  if (packages.length === 0) throw new DataFileError('packages must have an entry');
  return packages;
}

/** @throws DataFileError */
export function parseTopUpPackages(yaml: string): TopUpPackages {
  const file = knownFields(mapping(readYaml(yaml), 'the file'), FILE_FIELDS);
  const listed = listPrices(file.listPrices);
  const steps = discountSteps(file.discounts);
  const hold = file.holdMinutes ?? 60;
  return {
    version: text(file.version, 'version'),
    holdMinutes: wholeNumber(hold, 'holdMinutes', LEAST_MINUTES, MOST_MINUTES),
    packages: onSale(file.packages, listed, steps),
    seller: lines(file.seller, 'seller'),
    manualInstructions: lines(file.manualInstructions ?? [], 'manualInstructions'),
  };
}

/** The operator's file, or the built-in one. @throws DataFileError */
export function loadTopUpPackages(file = builtInDataFile('top-up-packages.yaml')): TopUpPackages {
  return loadDataFile('top-up packages', file, parseTopUpPackages);
}
