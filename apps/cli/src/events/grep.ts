import { type EventSelection, type EventStore, SelectedEvents } from '@imprest/application';
import type { Terminal } from '../terminal/terminal.js';
import { eventJson, eventLine } from './event-text.js';
import { scan } from './scan.js';

export interface GrepOptions extends EventSelection {
  readonly from?: bigint;
  readonly limit?: number;
  readonly json?: boolean;
}

/** Prints every event that fits. Exit code 1 when none does, as grep has it. */
export async function grep(
  terminal: Terminal,
  store: EventStore,
  options: GrepOptions,
): Promise<void> {
  const { category: categories, from: after, limit = Number.POSITIVE_INFINITY, json } = options;
  const filter = new SelectedEvents(options);
  let found = 0;
  await scan(terminal, store, { categories, after }, async (event) => {
    if (!filter.matches(event)) return true;
    await (json ? terminal.printJson(eventJson(event)) : terminal.print(eventLine(event)));
    found += 1;
    return found < limit;
  });
  if (found === 0 && !terminal.signal.aborted) terminal.exitCode = 1;
}
