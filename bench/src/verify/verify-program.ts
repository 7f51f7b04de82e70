import { PostgresEventStore } from '@imprest/event-store-postgres';
import { verifyLedger } from '@imprest/read-models';
import { serve } from '../harness/serve.js';
import { readAndHash } from './read-and-hash.js';
import { makeSealedHistory } from './sealed-history.js';

export interface VerifyCommand {
  readonly task: 'make' | 'chains' | 'everything' | 'floor';
  readonly events: number;
}

export interface VerifyAnswer {
  readonly eventsPerSecond: number;
  /** Most memory the process ever had. */
  readonly peakMegabytes: number;
}

async function verify(connectionString: string, events: number, replay: boolean): Promise<number> {
  const eventStore = await PostgresEventStore.connect({ connectionString });
  try {
    const verified = await verifyLedger({ eventStore, connectionString, replay });
    const { findings, entries, seals } = verified;
    if (findings.length > 0) throw new Error(JSON.stringify(findings[0]?.problem));
    if (entries !== events || seals !== 1) {
      throw new Error(`${entries} of ${events} entries and ${seals} seals were looked at`);
    }
    return verified.seconds;
  } finally {
    await eventStore.close();
  }
}

async function make(connectionString: string, events: number): Promise<number> {
  const startMs = performance.now();
  await makeSealedHistory(connectionString, events);
  return (performance.now() - startMs) / 1000;
}

const tasks = {
  make,
  chains: (url: string, events: number) => verify(url, events, false),
  everything: (url: string, events: number) => verify(url, events, true),
  floor: async (connectionString: string) => (await readAndHash(connectionString)).seconds,
};

const connectionString = process.env.DATABASE_URL as string;
const peakMegabytes = () => process.resourceUsage().maxRSS / 1024;

serve<VerifyCommand, VerifyAnswer>(
  { eventsPerSecond: 0, peakMegabytes: 0 },
  async ({ task, events }) => {
    const seconds = await tasks[task](connectionString, events);
    return { eventsPerSecond: events / seconds, peakMegabytes: peakMegabytes() };
  },
);
