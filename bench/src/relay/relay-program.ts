import { PostgresEventStore } from '@imprest/event-store-postgres';
import { serve } from '../harness/serve.js';
import { appendAccountHistory } from '../ledger/account-history.js';
import { sendBare } from './bare-producer.js';
import { projectFromBus } from './project-from-bus.js';
import { relayEvents } from './relay-events.js';
import type { Topics } from './topics.js';

export interface RelayCommand {
  readonly task: 'append' | 'relay' | 'bare' | 'project';
  readonly events: number;
  readonly topics?: Topics;
}

export type RelayAnswer = { readonly eventsPerSecond: number };

const connectionString = process.env.DATABASE_URL as string;

async function append(events: number): Promise<number> {
  const store = await PostgresEventStore.connect({ connectionString });
  const startedAt = performance.now();
  await appendAccountHistory(store, events);
  await store.close();
  return (events / (performance.now() - startedAt)) * 1000;
}

async function run({ task, events, topics }: RelayCommand): Promise<number> {
  if (task === 'append') return append(events);
  if (task === 'project') return projectFromBus(connectionString, topics, events);
  if (topics === undefined) throw new Error(`${task} needs topics`);
  return (task === 'relay' ? relayEvents : sendBare)(connectionString, topics, events);
}

serve<RelayCommand, RelayAnswer>({ eventsPerSecond: 0 }, async (command) => ({
  eventsPerSecond: await run(command),
}));
