import { PostgresEventStore } from '@imprest/event-store-postgres';
import { serve } from '../harness/serve.js';
import { appendAccountHistory, rebuildWholeJournal } from '../ledger.js';
import { rebuildByCopy } from './copy-program.js';

async function append(connectionString: string, events: number): Promise<number> {
  const store = await PostgresEventStore.connect({ connectionString });
  const startedAt = performance.now();
  await appendAccountHistory(store, events);
  await store.close();
  return (events / (performance.now() - startedAt)) * 1000;
}

const tasks = { append, journal: rebuildWholeJournal, copy: rebuildByCopy };

export interface RebuildCommand {
  readonly task: keyof typeof tasks;
  readonly events: number;
}

export type RebuildAnswer = { readonly eventsPerSecond: number };

const connectionString = process.env.DATABASE_URL as string;

serve<RebuildCommand, RebuildAnswer>({ eventsPerSecond: 0 }, async ({ task, events }) => ({
  eventsPerSecond: await tasks[task](connectionString, events),
}));
