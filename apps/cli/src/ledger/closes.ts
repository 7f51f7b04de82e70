import { AccountingPeriods, type PeriodClose, systemClock } from '@imprest/application';
import { ClosingQueries } from '@imprest/read-models';
import { type Engines, withEngines } from '../engines.js';
import { openSealing } from '../sealing/sealing-services.js';
import { moment, tableLines, whole } from '../terminal/format.js';
import type { Reasoned } from '../terminal/on-record.js';
import type { Terminal } from '../terminal/terminal.js';
import { operatorAtTerminal } from './operator-at-terminal.js';

interface Output {
  readonly json?: boolean;
}

async function openPeriods(engines: Engines): Promise<AccountingPeriods> {
  const store = await engines.eventStore();
  const books = new ClosingQueries(await engines.dataSource());
  const { seals, runner } = openSealing(engines, store);
  return new AccountingPeriods(store, runner, books, seals, systemClock);
}

function closeLines(closes: readonly PeriodClose[]): readonly string[] {
  const columns = [
    { title: 'month' },
    { title: 'closed at' },
    { title: 'by' },
    { title: 'entries', align: 'right' },
    { title: 'up to', align: 'right' },
    { title: 'seal', align: 'right' },
    { title: 'digest' },
    { title: 'why' },
  ] as const;
  const rows = closes.map(({ month, closedAt, closedBy, entries, upTo, seal, digest, reason }) => [
    ...[month, moment(new Date(closedAt)), closedBy.id, whole(entries), upTo],
    ...[seal === null ? '-' : String(seal.number), digest.slice(0, 16), reason ?? '-'],
  ]);
  return tableLines(columns, rows);
}

/** Makes a month final; the same month again shows the close there is. */
export function closeMonth(
  terminal: Terminal,
  month: string,
  { json, reason = null }: Output & Reasoned,
): Promise<void> {
  return withEngines(terminal, async (engines) => {
    const close = await (await openPeriods(engines)).close(month, reason, operatorAtTerminal());
    if (json) await terminal.printJson(close);
    else await terminal.print(closeLines([close]).join('\n'));
  });
}

/** Always refused: the command is there to say why. */
export function reopenMonth(terminal: Terminal, month: string): Promise<void> {
  return withEngines(terminal, async (engines) => {
    await (await openPeriods(engines)).reopen(month, operatorAtTerminal());
  });
}

export function listCloses(
  terminal: Terminal,
  { json, verify }: Output & { readonly verify?: boolean },
): Promise<void> {
  return withEngines(terminal, async (engines) => {
    const periods = await openPeriods(engines);
    const closes = await periods.closes();
    const wrong = verify ? (await periods.disagreeing()).map(({ month }) => month) : [];
    if (wrong.length > 0) terminal.exitCode = 1;
    if (json) {
      for (const close of closes) await terminal.printJson(close);
      if (verify) await terminal.printJson({ disagreeing: wrong });
      return;
    }
    await terminal.print(closeLines(closes).join('\n'));
    if (wrong.length > 0) terminal.say(`Entries no longer add up to the close of ${wrong}.`);
    else if (verify) terminal.say('Every close is what its entries add up to.');
  });
}
