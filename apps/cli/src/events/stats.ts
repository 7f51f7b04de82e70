import type { EventStore } from '@imprest/application';
import { type RecordedEvent, streamCategory } from '@imprest/event-catalogue';
import { type Column, moment, tableLines, whole } from '../terminal/format.js';
import type { Terminal } from '../terminal/terminal.js';
import { scan } from './scan.js';

export type StatsBy = 'category' | 'type' | 'day';

export interface StatsOptions {
  readonly by: StatsBy;
  readonly category?: readonly string[];
  readonly since?: Date;
  readonly until?: Date;
  readonly json?: boolean;
}

interface Group {
  readonly key: readonly string[];
  events: number;
  readonly first: Date;
  last: Date;
}

const keys: Readonly<Record<StatsBy, (event: RecordedEvent) => readonly string[]>> = {
  category: ({ stream }) => [streamCategory(stream)],
  type: ({ stream, type }) => [streamCategory(stream), type],
  day: ({ recordedAt }) => [recordedAt.toISOString().slice(0, 10)],
};
const titles: Readonly<Record<StatsBy, readonly string[]>> = {
  category: ['category'],
  type: ['category', 'type'],
  day: ['day'],
};

/** How many events there are, by what they are or when they were recorded. */
export async function stats(
  terminal: Terminal,
  store: EventStore,
  { by, category: categories, since, until, json }: StatsOptions,
): Promise<void> {
  const groups = new Map<string, Group>();
  await scan(terminal, store, { categories }, (event) => {
    const at = event.recordedAt;
    if ((since !== undefined && at < since) || (until !== undefined && at >= until)) return true;
    const key = keys[by](event);
    const known = groups.get(key.join(' '));
    if (known === undefined) groups.set(key.join(' '), { key, events: 1, first: at, last: at });
    else {
      known.events += 1;
      known.last = at;
    }
    return true;
  });
  if (terminal.signal.aborted) return;
  const sorted = [...groups.values()].sort((a, b) => (a.key.join(' ') < b.key.join(' ') ? -1 : 1));
  await (json ? printJson(terminal, by, sorted) : printTable(terminal, by, sorted));
}

async function printJson(terminal: Terminal, by: StatsBy, groups: readonly Group[]): Promise<void> {
  for (const { key, events, first, last } of groups) {
    const named = Object.fromEntries(titles[by].map((title, at) => [title, key[at]]));
    await terminal.printJson({ ...named, events, first, last });
  }
}

async function printTable(
  terminal: Terminal,
  by: StatsBy,
  groups: readonly Group[],
): Promise<void> {
  const columns: Column[] = [
    ...titles[by].map((title) => ({ title })),
    { title: 'events', align: 'right' },
    { title: 'first' },
    { title: 'last' },
  ];
  const total = groups.reduce((sum, { events }) => sum + events, 0);
  const rows = groups.map(({ key, events, first, last }) => [
    ...key,
    whole(events),
    moment(first),
    moment(last),
  ]);
  rows.push(['total', ...titles[by].slice(1).map(() => ''), whole(total), '', '']);
  await terminal.print(tableLines(columns, rows).join('\n'));
}
