import { PostgresEventStore } from '@imprest/event-store-postgres';
import { replayLedger } from '@imprest/read-models';

/**
 * Every entry booked from events alone, in tokens and in money, as `imprest ledger replay` does. Answers
 * events a second. @throws Error when the books are wrong
 */
export async function replayToBalances(connectionString: string, events: number): Promise<number> {
  const eventStore = await PostgresEventStore.connect({ connectionString });
  try {
    const replay = await replayLedger({ eventStore });
    if (replay.events !== events) throw new Error(`${replay.events} of ${events} events replayed`);
    return replay.events / replay.seconds;
  } finally {
    await eventStore.close();
  }
}
