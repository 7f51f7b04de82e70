import { PostgresWorkQueue } from '@imprest/work-queue-postgres';
import type { OpenEngines } from '../open-engines.js';

export function openJobQueue(connectionString: string): Promise<PostgresWorkQueue> {
  return PostgresWorkQueue.connect({ connectionString, queue: 'jobs' });
}

/** The queues of one database, told apart by name. */
export async function openWorkQueues(connectionString: string, opened: OpenEngines) {
  const named = (queue: string) =>
    opened.adopt(PostgresWorkQueue.connect({ connectionString, queue }));
  const [jobQueue, webhookQueue, deadlineQueue] = await Promise.all([
    named('jobs'),
    named('webhooks'),
    named('deadlines'),
  ]);
  return { jobQueue, webhookQueue, deadlineQueue };
}
