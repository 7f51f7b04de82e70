import { NO_STREAM, uuidV7 } from '@imprest/application';
import type { EventEnvelope } from '@imprest/event-catalogue';
import { PostgresEventStore } from '@imprest/event-store-postgres';
import { serve } from '../harness/serve.js';

export interface WriteCommand {
  readonly events: number;
  readonly eventsPerSecond: number;
}

export interface WriteAnswer {
  readonly written: number;
  /** What it came to. */
  readonly eventsPerSecond: number;
}

const STREAMS = 200;
const INTERVAL_MS = 5;
const connectionString = process.env.DATABASE_URL as string;

function envelope(sequence: number): EventEnvelope {
  const nowMs = Date.now();
  const allocations = [{ lotId: 'lot_of_tenant', tokens: '40' }];
  const price = { priceBookVersion: '2026-01', model: 'landscape-1', images: 4, perImage: '10' };
  return {
    eventId: uuidV7(nowMs),
    type: 'TokensHeld',
    version: 1,
    data: { generationId: `req_${sequence}`, tokens: '40', allocations, price },
    metadata: {
      correlationId: `cor_${sequence}`,
      causationId: `cau_${sequence}`,
      occurredAt: new Date(nowMs).toISOString(),
      actor: { kind: 'apiKey', id: 'key_01kf0a8r5w6z7a9n3d4e5f6g7h' },
    },
  };
}

/** Appends at an even pace, one event on each of several streams at a time. */
async function write({ events, eventsPerSecond }: WriteCommand): Promise<WriteAnswer> {
  const store = await PostgresEventStore.connect({ connectionString });
  const revisions = new Array<number>(STREAMS).fill(NO_STREAM);
  const startMs = performance.now();
  let written = 0;
  while (written < events) {
    const due = Math.floor(((performance.now() - startMs) / 1000) * eventsPerSecond);
    const count = Math.min(due, events) - written;
    if (count > 0) {
      const appends = Array.from({ length: count }, () => {
        const index = written++ % STREAMS;
        const expectedRevision = revisions[index] as number;
        revisions[index] = expectedRevision + 1;
        return { stream: `tokenAccount-${index}`, expectedRevision, events: [envelope(written)] };
      });
      const { kind } = await store.append(appends);
      if (kind === 'conflict') throw new Error('somebody else writes to the streams');
    }
    await new Promise((resolve) => setTimeout(resolve, INTERVAL_MS));
  }
  const seconds = (performance.now() - startMs) / 1000;
  await store.close();
  return { written, eventsPerSecond: written / seconds };
}

serve<WriteCommand, WriteAnswer>({ written: 0, eventsPerSecond: 0 }, write);
