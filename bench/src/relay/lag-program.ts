import type { Projector } from '@imprest/application';
import { serve } from '../harness/serve.js';
import { Ages } from './ages.js';
import { startRelay } from './relay-events.js';
import { startConsumer } from './running-consumer.js';
import type { Topics } from './topics.js';

export interface LagCommand {
  readonly topics?: Topics;
  /** Events before those that count. */
  readonly warmUp: number;
  readonly events: number;
}

export interface LagAnswer {
  readonly ready: boolean;
  readonly p50: number;
  readonly p99: number;
  /** Processor time of consumer and relay for an event. */
  readonly cpuMicroseconds: number;
  /** On the way through Kafka: the median age when the relay hands events over, and when the brokers have them. */
  readonly relayed?: { readonly read: number; readonly confirmed: number };
}

const LONGEST_MS = 60_000;
const connectionString = process.env.DATABASE_URL as string;

/** Ages of events when they reach a projector, and on the way there. */
async function measure({ topics, warmUp, events }: LagCommand): Promise<LagAnswer> {
  const [read, confirmed, delivered] = [0, 1, 2].map(() => new Ages(warmUp, events)) as [
    Ages,
    Ages,
    Ages,
  ];
  const watch = {
    read: read.note.bind(read),
    confirmed: confirmed.note.bind(confirmed),
  };
  // Where the consumer runs, as in the ledger: what the relay costs is felt here.
  const cpuBefore = process.cpuUsage();
  const relay = topics && (await startRelay(connectionString, topics, watch));
  const reader: Projector = {
    kind: 'projector',
    name: 'reader',
    categories: ['tokenAccount'],
    project: async (batch) => delivered.note(batch),
  };
  const consumer = await startConsumer(connectionString, topics, reader);
  await consumer.processed(warmUp + events, LONGEST_MS);
  const { user, system } = process.cpuUsage(cpuBefore);
  await consumer.stop();
  await relay?.stop();
  return {
    ready: true,
    p50: delivered.percentile(0.5),
    p99: delivered.percentile(0.99),
    cpuMicroseconds: (user + system) / (warmUp + events),
    ...(relay && {
      relayed: { read: read.percentile(0.5), confirmed: confirmed.percentile(0.5) },
    }),
  };
}

serve<LagCommand, LagAnswer>({ ready: true, p50: 0, p99: 0, cpuMicroseconds: 0 }, measure);
