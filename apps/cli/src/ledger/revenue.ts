import { closedMonth, periodCloses, revenueOfEvents } from '@imprest/application';
import { decimalAmount, periodBounds, type RevenueRow, revenueColumns } from '@imprest/domain';
import { RevenueQueries } from '@imprest/read-models';
import { withEngines } from '../engines.js';
import { tableLines } from '../terminal/format.js';
import type { Terminal } from '../terminal/terminal.js';

export interface RevenueOptions {
  readonly json?: boolean;
  readonly tenant?: string;
  readonly month: string;
  /** Computes the same from events alone and compares. */
  readonly verify?: boolean;
}

const right = { align: 'right' } as const;

const worth = ({ currency, ...row }: RevenueRow, column: (typeof revenueColumns)[number]) => {
  const { tokens, minorUnits } = row[column];
  return currency === null ? tokens.toString() : decimalAmount({ currency, minorUnits });
};

function revenueLines(rows: readonly RevenueRow[]): readonly string[] {
  const columns = [
    { title: 'tenant' },
    { title: 'in' },
    ...revenueColumns.map((title) => ({ title, ...right })),
  ];
  const cells = rows.map((row) => [
    ...[row.tenantId, row.currency ?? 'granted tokens'],
    ...revenueColumns.map((column) => worth(row, column)),
  ]);
  return tableLines(columns, cells);
}

/** Rows that are not the same in both, by tenant and currency. */
function differences(a: readonly RevenueRow[], b: readonly RevenueRow[]): readonly string[] {
  const text = (row: RevenueRow) =>
    JSON.stringify(row, (_, each) => (typeof each === 'bigint' ? each.toString() : each));
  const key = (row: RevenueRow) => `${row.tenantId} ${row.currency ?? 'granted tokens'}`;
  const sorted = (row: RevenueRow) =>
    text(
      Object.fromEntries(Object.entries(row).sort(([x], [y]) => (x < y ? -1 : 1))) as RevenueRow,
    );
  const others = new Map(b.map((row) => [key(row), sorted(row)]));
  const wrong = a.filter((row) => others.get(key(row)) !== sorted(row)).map(key);
  const known = new Set(a.map(key));
  return [...wrong, ...b.map(key).filter((each) => !known.has(each))];
}

/** What a month earned, by tenant and currency. */
export function revenue(
  terminal: Terminal,
  { json, tenant, month, verify }: RevenueOptions,
): Promise<void> {
  return withEngines(terminal, async (engines) => {
    const eventStore = await engines.eventStore();
    const bounds = periodBounds(month, (await periodCloses(eventStore)).map(closedMonth));
    const queries = new RevenueQueries(await engines.dataSource());
    const rows = await queries.month(bounds, tenant);
    const recomputed = verify
      ? await revenueOfEvents(bounds, { eventStore, signal: terminal.signal })
      : undefined;
    const expected = recomputed?.filter(({ tenantId }) => (tenant ?? tenantId) === tenantId);
    const wrong = expected === undefined ? [] : differences(rows, expected);
    if (wrong.length > 0) terminal.exitCode = 1;
    const closed = bounds.upTo !== undefined;
    if (json) {
      await terminal.printJson({ month, closed, rows, ...(verify && { differences: wrong }) });
      return;
    }
    await terminal.print(revenueLines(rows).join('\n'));
    if (verify) {
      const same = 'The events say the same.';
      terminal.say(wrong.length === 0 ? same : `The events say otherwise of ${wrong.join(', ')}.`);
    }
  });
}
