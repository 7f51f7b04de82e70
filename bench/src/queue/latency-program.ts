import { serve } from '../harness/serve.js';
import { graphileLatency, type Latencies, ownLatency } from './latency.js';

export interface LatencyCommand {
  readonly queue: 'own' | 'graphile-worker';
}

export type LatencyAnswer = { readonly ready: true } | Latencies;

const connectionString = process.env.DATABASE_URL as string;

serve<LatencyCommand, LatencyAnswer>({ ready: true }, ({ queue }) =>
  queue === 'own' ? ownLatency(connectionString) : graphileLatency(connectionString),
);
