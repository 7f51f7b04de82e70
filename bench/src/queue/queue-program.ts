import { serve } from '../harness/serve.js';
import { benchQueue, type QueueBenchResult } from '../queue.js';

export interface QueueCommand {
  readonly jobs: number;
}

export type QueueAnswer = { readonly ready: true } | QueueBenchResult;

const connectionString = process.env.DATABASE_URL as string;

serve<QueueCommand, QueueAnswer>({ ready: true }, ({ jobs }) =>
  benchQueue(connectionString, { jobs, rounds: 1 }),
);
