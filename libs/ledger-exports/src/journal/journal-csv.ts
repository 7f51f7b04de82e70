import type { BookedEntry } from '@imprest/domain';
import { csvLine } from '../csv.js';

const COLUMNS = [
  ...['month', 'position', 'tenant', 'revision', 'event', 'type', 'generation'],
  ...['happened_at', 'known_at', 'line', 'account', 'lot', 'tokens', 'currency', 'minor_units'],
];

/** A line for each posting; an entry without postings has one with the last columns empty. */
export async function* journalCsv(
  pages: AsyncIterable<readonly BookedEntry[]>,
): AsyncGenerator<string> {
  yield csvLine(COLUMNS);
  for await (const page of pages) yield page.map(entryLines).join('');
}

function entryLines({ position, month, entry }: BookedEntry): string {
  const { tenantId, revision, eventId, type, generationId, happenedAt, knownAt } = entry;
  const head = [month, position, tenantId, revision, eventId, type, generationId];
  const clocks = [happenedAt, knownAt];
  if (entry.postings.length === 0) {
    return csvLine([...head, ...clocks, null, null, null, null, null, null]);
  }
  return entry.postings
    .map(({ account, lotId, tokens, money }, index) =>
      csvLine([
        ...[...head, ...clocks, index + 1, account, lotId, tokens],
        ...[money?.currency, money?.minorUnits],
      ]),
    )
    .join('');
}
