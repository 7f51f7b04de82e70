import { tokenAccount } from '@imprest/domain';
import { type StoredEvent, streamCategory, streamName } from '@imprest/event-catalogue';
import type { Findings, StoredEntry } from '@imprest/ledger-seal';
import type { StoredEntryReader } from './stored-entry-reader.js';

export interface LogRecord {
  readonly event: StoredEvent;
  /** The journal's entry of a token account's event; undefined for other events, and where there is none. */
  readonly entry: StoredEntry | undefined;
}

/** Events and entries are in store order both: each entry belongs to the event at its position. */
export async function* logRecords(
  pages: AsyncIterable<readonly StoredEvent[]>,
  entries: StoredEntryReader,
  upTo: bigint,
  findings: Findings,
): AsyncGenerator<readonly LogRecord[]> {
  for await (const page of pages) {
    const last = page.at(-1);
    if (last === undefined) continue;
    yield together(page, await entries.takeUpTo(last.position), findings);
  }
  for (const entry of await entries.takeUpTo(upTo)) strays(entry, findings);
}

function together(
  events: readonly StoredEvent[],
  entries: readonly StoredEntry[],
  findings: Findings,
): readonly LogRecord[] {
  let at = 0;
  return events.map((event) => {
    let entry = entries[at];
    while (entry !== undefined && entry.position < event.position) {
      strays(entry, findings);
      at += 1;
      entry = entries[at];
    }
    if (entry === undefined || entry.position !== event.position)
      return { event, entry: undefined };
    at += 1;
    if (streamCategory(event.stream) === tokenAccount.category) return { event, entry };
    strays(entry, findings);
    return { event, entry: undefined };
  });
}

function strays({ position, entry }: StoredEntry, findings: Findings): void {
  const where = streamName(tokenAccount.category, entry.tenantId);
  const problem = `entry of revision ${entry.revision} is about no event of a token account`;
  findings.add({ position, where, problem });
}
