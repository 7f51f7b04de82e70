import { EventStoreDbEventStore } from '@imprest/event-store-eventstoredb';
import { EventSource } from '../append/event-source.js';
import { type LoopPlan, type LoopResult, runClosedLoop } from '../harness/closed-loop.js';
import { serve } from '../harness/serve.js';
import { BareClient } from './bare-client.js';

/** `EVENT_STORE` and `VARIANT` (store or bare) come with the environment. */
export type EventStoreDbAnswer = { readonly ready: true } | LoopResult;

const connectionString = process.env.EVENT_STORE as string;
const source = new EventSource();

async function bare(): Promise<(slot: number) => Promise<void>> {
  const client = new BareClient(connectionString);
  await client.warmUp();
  return (slot) => client.append(source.next(slot));
}

async function product(): Promise<(slot: number) => Promise<void>> {
  const store = await EventStoreDbEventStore.connect({ connectionString });
  return async (slot) => {
    const result = await store.append(source.next(slot));
    if (result.kind !== 'appended') throw new Error('an append was in conflict');
  };
}

const append = await (process.env.VARIANT === 'bare' ? bare() : product());

serve<LoopPlan, EventStoreDbAnswer>({ ready: true }, (plan) => runClosedLoop(plan, append));
