import type { JournalEntry, Posting } from '@imprest/domain';
import { ByteWriter, NO_VALUE } from './byte-writer.js';

const writer = new ByteWriter();
/** Of lines that nobody paid for. */
const NO_CURRENCY = '';

/**
 * What a journal entry says beyond its event: generation (no value when there is none), time it happened,
 * and five lists of one item a posting: account, lot, tokens, money in minor units, currency (empty when
 * nobody paid). A list is its 32-bit count and its items as fields. Valid until the next call.
 */
export function entryBytes({ generationId, happenedAt, postings }: JournalEntry): Buffer {
  writer.reset().optionalText(generationId).instant(Date.parse(happenedAt));
  const { length } = postings;
  writer.count(length);
  for (const { account } of postings) writer.text(account);
  writer.count(length);
  for (const { lotId } of postings) writer.text(lotId);
  writer.count(length);
  for (const { tokens } of postings) writer.amount(tokens);
  writer.count(length);
  for (const { money } of postings) writer.amount(money?.minorUnits ?? 0n);
  writer.count(length);
  for (const { money } of postings) writer.text(money?.currency ?? NO_CURRENCY);
  return writer.written();
}

/** Reads fields in the order they were written. @throws RangeError beyond the last one */
export class FieldReader {
  private at = 0;

  constructor(private readonly bytes: Buffer) {}

  count(): number {
    this.at += 4;
    return this.bytes.readUInt32BE(this.at - 4);
  }

  amount(): bigint {
    this.at += 12;
    return this.bytes.readBigInt64BE(this.at - 8);
  }

  optionalText(): string | null {
    const length = this.count();
    if (length === NO_VALUE) return null;
    this.at += length;
    return this.bytes.toString('utf8', this.at - length, this.at);
  }

  list<Item>(item: () => Item): Item[] {
    return Array.from({ length: this.count() }, item);
  }

  skip(): void {
    const length = this.count();
    if (length !== NO_VALUE) this.at += length;
  }

  /** @returns how many items it passed over */
  skipList(): number {
    const items = this.count();
    for (let item = 0; item < items; item += 1) this.skip();
    return items;
  }

  /** Of a list of amounts. Most fit into a number, which adds up many times faster. */
  sumOfList(): bigint {
    const items = this.count();
    let [small, large] = [0, 0n];
    for (let item = 0; item < items; item += 1) {
      this.at += 12;
      const high = this.bytes.readInt32BE(this.at - 8);
      if (high === 0) small += this.bytes.readUInt32BE(this.at - 4);
      else if (high === -1) small += this.bytes.readUInt32BE(this.at - 4) - 2 ** 32;
      else large += this.bytes.readBigInt64BE(this.at - 8);
    }
    return large + BigInt(small);
  }

  /** Whether all items of a list are the same. */
  listIsUniform(): boolean {
    const items = this.count();
    const first = this.at;
    const length = items === 0 ? 0 : 4 + this.bytes.readUInt32BE(first);
    for (let at = first + length; at < first + items * length; at += 1) {
      if (this.bytes[at] !== this.bytes[at - length]) return false;
    }
    return first + items * length === this.bytes.length;
  }
}

/** The parts of a journal entry that its event does not say. */
export type EntryContent = Pick<JournalEntry, 'generationId' | 'happenedAt' | 'postings'>;

/** @throws RangeError for bytes that `entryBytes` has not made */
export function entryOfBytes(bytes: Buffer): EntryContent {
  const reader = new FieldReader(bytes);
  const generationId = reader.optionalText();
  const happenedAt = new Date(Number(reader.amount())).toISOString();
  const text = () => reader.optionalText() ?? '';
  const [accounts, lots] = [reader.list(text), reader.list(text)];
  const [tokens, money] = [reader.list(() => reader.amount()), reader.list(() => reader.amount())];
  const currencies = reader.list(text);
  const postings = accounts.map((account, line): Posting => {
    const currency = currencies[line] as string;
    const minorUnits = money[line] as bigint;
    return {
      account,
      lotId: lots[line] as string,
      tokens: tokens[line] as bigint,
      money: currency === NO_CURRENCY ? null : { minorUnits, currency },
    };
  });
  return { generationId, happenedAt, postings };
}
