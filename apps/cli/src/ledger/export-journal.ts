import { createWriteStream } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { closedMonth, periodCloses } from '@imprest/application';
import { type JournalFormat, journalText } from '@imprest/ledger-exports';
import { LedgerQueries } from '@imprest/read-models';
import { withEngines } from '../engines.js';
import type { Terminal } from '../terminal/terminal.js';

export interface ExportOptions {
  readonly format: JournalFormat;
  readonly from?: string;
  readonly to?: string;
  readonly tenant?: string;
  /** Standard output when absent. */
  readonly output?: string;
}

const PROVIDER = 'Imprest';

/** Text to a file or to standard output, no faster than it is taken. */
export async function deliver(
  terminal: Terminal,
  text: AsyncIterable<string>,
  output: string | undefined,
): Promise<void> {
  if (output !== undefined) {
    await pipeline(Readable.from(text), createWriteStream(output, { flags: 'wx' }));
    return;
  }
  for await (const chunk of text) {
    if (terminal.signal.aborted) return;
    if (chunk !== '') await terminal.print(chunk.replace(/\r?\n$/, ''));
  }
}

export function exportJournal(terminal: Terminal, options: ExportOptions): Promise<void> {
  const { format, from, to, tenant: tenantId, output } = options;
  return withEngines(terminal, async (engines) => {
    const eventStore = await engines.eventStore();
    const ledger = new LedgerQueries(await engines.dataSource());
    const closed = (await periodCloses(eventStore)).map(closedMonth);
    const pages = ledger.export({ closed, from, to, tenantId });
    const listPrice = format === 'focus' ? await ledger.listPrices({ tenantId }) : () => undefined;
    await deliver(terminal, journalText(format, pages, { provider: PROVIDER, listPrice }), output);
  });
}
