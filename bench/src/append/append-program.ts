import { PostgresEventStore } from '@imprest/event-store-postgres';
import { type LoopPlan, type LoopResult, runClosedLoop } from '../harness/closed-loop.js';
import { serve } from '../harness/serve.js';
import { EventSource } from './event-source.js';
import { InsertPerTransaction } from './insert-per-transaction.js';

/** `DATABASE_URL` and `VARIANT` (batched or one-transaction-each) come with the environment. */
export type AppendAnswer = { readonly ready: true } | LoopResult;

const connectionString = process.env.DATABASE_URL as string;
const store =
  process.env.VARIANT === 'batched'
    ? await PostgresEventStore.connect({ connectionString })
    : new InsertPerTransaction(connectionString, 16);
const source = new EventSource();

serve<LoopPlan, AppendAnswer>({ ready: true }, (plan) =>
  runClosedLoop(plan, async (slot) => {
    const result = await store.append(source.next(slot));
    if (result.kind !== 'appended') throw new Error('an append was in conflict');
  }),
);
