import { PostgresEventStore } from '@imprest/event-store-postgres';
import { serve } from '../harness/serve.js';
import {
  appendAccountHistory,
  copyAndParse,
  copyJournalRows,
  projectJournal,
  projectWithSave,
  rebuildWholeJournal,
  replayKeysetPages,
  replayThroughStore,
  replayToBalances,
} from '../ledger.js';

async function append(connectionString: string, events: number): Promise<number> {
  const store = await PostgresEventStore.connect({ connectionString });
  const startedAt = performance.now();
  await appendAccountHistory(store, events);
  await store.close();
  return (events / (performance.now() - startedAt)) * 1000;
}

const tasks = {
  append,
  replay: replayThroughStore,
  balances: replayToBalances,
  parse: copyAndParse,
  copy: copyJournalRows,
  keyset: replayKeysetPages,
  project: projectJournal,
  save: projectWithSave,
  rebuild: rebuildWholeJournal,
};

export interface LedgerCommand {
  readonly task: keyof typeof tasks;
  readonly events: number;
}

export type LedgerAnswer = { readonly eventsPerSecond: number };

const connectionString = process.env.DATABASE_URL as string;

serve<LedgerCommand, LedgerAnswer>({ eventsPerSecond: 0 }, async ({ task, events }) => ({
  eventsPerSecond: await tasks[task](connectionString, events),
}));
