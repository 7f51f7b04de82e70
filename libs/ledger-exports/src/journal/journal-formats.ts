import type { BookedEntry } from '@imprest/domain';
import { type FocusOptions, focusRows } from '../focus/focus-rows.js';
import { beancountFile } from '../plain-text/beancount.js';
import { hledgerJournal } from '../plain-text/hledger.js';
import { journalCsv } from './journal-csv.js';
import { journalJsonl } from './journal-jsonl.js';

export const journalFormats = ['csv', 'jsonl', 'hledger', 'beancount', 'focus'] as const;
export type JournalFormat = (typeof journalFormats)[number];

/** How a format is called where files and answers have types. */
export const formatTypes: Readonly<
  Record<JournalFormat, { readonly mediaType: string; readonly ending: string }>
> = {
  csv: { mediaType: 'text/csv', ending: 'csv' },
  jsonl: { mediaType: 'application/jsonl', ending: 'jsonl' },
  hledger: { mediaType: 'text/plain', ending: 'journal' },
  beancount: { mediaType: 'text/plain', ending: 'beancount' },
  focus: { mediaType: 'text/csv', ending: 'csv' },
};

/** The journal in one of its formats, as it is read. */
export function journalText(
  format: JournalFormat,
  pages: AsyncIterable<readonly BookedEntry[]>,
  focus: FocusOptions,
): AsyncGenerator<string> {
  switch (format) {
    case 'csv':
      return journalCsv(pages);
    case 'jsonl':
      return journalJsonl(pages);
    case 'hledger':
      return hledgerJournal(pages);
    case 'beancount':
      return beancountFile(pages);
    case 'focus':
      return focusRows(pages, focus);
  }
}
