import { type StatementLine, type StatementShare } from '@imprest/domain';
import { csvLine } from '../csv.js';
import type { MonthlyStatement } from './monthly-statement.js';

const COLUMNS = [
  ...['happened_at', 'known_at', 'late_for', 'type', 'generation', 'lot', 'tokens', 'balance'],
  ...['currency', 'minor_units'],
];

function shareLine(line: StatementLine, share: StatementShare, isLast: boolean): string {
  return csvLine([
    ...[line.happenedAt, line.knownAt, line.lateFor, line.type, line.generationId],
    ...[share.lotId, share.tokens, isLast ? line.balance : null],
    ...[share.money?.currency, share.money?.minorUnits],
  ]);
}

/** A line for each lot of each entry; the balance stands on the last line of an entry. */
export async function* statementCsv(
  { month, opening, closing }: MonthlyStatement,
  pages: AsyncIterable<readonly StatementLine[]>,
): AsyncGenerator<string> {
  const empty = [null, null, null];
  yield csvLine(COLUMNS);
  yield csvLine([month, null, null, 'opening', null, null, null, opening, ...empty.slice(1)]);
  for await (const page of pages) {
    yield page
      .flatMap((line) =>
        line.shares.map((share, index) => shareLine(line, share, index === line.shares.length - 1)),
      )
      .join('');
  }
  yield csvLine([month, null, null, 'closing', null, null, null, closing, ...empty.slice(1)]);
}
