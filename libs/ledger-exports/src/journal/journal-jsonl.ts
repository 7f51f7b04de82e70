import type { BookedEntry } from '@imprest/domain';

/** One JSON document a line and entry; amounts are decimal strings. */
export async function* journalJsonl(
  pages: AsyncIterable<readonly BookedEntry[]>,
): AsyncGenerator<string> {
  for await (const page of pages) yield page.map(entryLine).join('');
}

function entryLine({ position, month, entry }: BookedEntry): string {
  const postings = entry.postings.map(({ tokens, money, ...posting }) => ({
    ...posting,
    tokens: tokens.toString(),
    money: money && { currency: money.currency, minorUnits: money.minorUnits.toString() },
  }));
  return `${JSON.stringify({ month, position: position.toString(), ...entry, postings })}\n`;
}
