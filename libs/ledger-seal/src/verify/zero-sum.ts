import { entryOfBytes, FieldReader } from '../canonical/entry-bytes.js';

/**
 * By how much an entry misses zero, in words; undefined when its tokens and the money of each currency sum
 * to zero.
 */
export function imbalanceOf(bytes: Buffer): string | undefined {
  const fields = new FieldReader(bytes);
  fields.skip();
  fields.skip();
  const lines = fields.skipList();
  if (fields.skipList() !== lines) return 'has not as many lots as accounts';
  const tokens = fields.sumOfList();
  if (tokens !== 0n) return `tokens sum to ${tokens} instead of 0`;
  const money = fields.sumOfList();
  if (fields.listIsUniform()) {
    return money === 0n ? undefined : `money sums to ${money} instead of 0`;
  }
  return imbalanceOfCurrencies(bytes);
}

function imbalanceOfCurrencies(bytes: Buffer): string | undefined {
  const sums = new Map<string, bigint>();
  for (const { money } of entryOfBytes(bytes).postings) {
    if (money === null) continue;
    sums.set(money.currency, (sums.get(money.currency) ?? 0n) + money.minorUnits);
  }
  for (const [currency, sum] of sums) {
    if (sum !== 0n) return `${currency} sums to ${sum} instead of 0`;
  }
  return undefined;
}
