import { streamCategories } from '@imprest/event-catalogue';
import { ConsumerQueries, projectors, readStandbys } from '@imprest/read-models';
import type { Engines } from '../engines.js';
import { moment, tableLines, whole } from '../terminal/format.js';
import type { Terminal } from '../terminal/terminal.js';

const everything = Object.keys(streamCategories).length;

const phases = {
  filling: 'being built, or stopped while it was',
  ready: 'built, to be compared and switched',
  replaced: 'replaced, kept for a rollback',
} as const;

/** Every projection, how far it is, and whether there are tables beside its own. */
export async function listProjections(
  terminal: Terminal,
  engines: Engines,
  { json }: { readonly json?: boolean },
): Promise<void> {
  const store = await engines.eventStore();
  const consumers = new ConsumerQueries(await engines.dataSource());
  const positions = new Map(
    (await consumers.positions()).map(({ consumer, position }) => [consumer, position]),
  );
  const standbys = await readStandbys(engines.connectionString, projectors);
  const head = await store.head();
  const rows = projectors.map(({ name, categories, tables }) => ({
    projection: name,
    categories,
    tables: tables.map((table) => table.name),
    position: positions.get(name) ?? 0n,
    head,
    beside: standbys.get(name) ?? null,
  }));
  if (json) {
    for (const row of rows) await terminal.printJson(row);
    return;
  }
  const columns = [
    { title: 'projection' },
    { title: 'from' },
    { title: 'position', align: 'right' as const },
    { title: 'head', align: 'right' as const },
    { title: 'beside it' },
  ];
  const cells = rows.map(({ projection, categories, position, beside }) => [
    projection,
    categories.length === everything ? 'all' : categories.join(', '),
    String(position),
    String(head),
    beside === null
      ? '-'
      : `${phases[beside.phase]}: position ${beside.position}, ${whole(beside.events)} events, ${moment(beside.changedAt)}`,
  ]);
  await terminal.print(tableLines(columns, cells).join('\n'));
}
