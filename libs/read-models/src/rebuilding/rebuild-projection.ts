import { type EventStore, START_OF_STORE } from '@imprest/application';
import { Client } from 'pg';
import { PostgresCheckpointStore } from '../consuming/postgres-checkpoint-store.js';
import type { TableProjector } from '../projections/table-projector.js';
import { type OnProgress, ProgressMeter } from './rebuild-progress.js';

export interface RebuildProjectionOptions {
  readonly eventStore: Pick<EventStore, 'readAll' | 'head'>;
  readonly connectionString: string;
  readonly onProgress?: OnProgress;
}

async function startOver(connectionString: string, projector: TableProjector): Promise<void> {
  const client = new Client({ connectionString });
  await client.connect();
  try {
    await client.query('begin');
    const reset = `insert into read_models.checkpoints (consumer, position) values ($1, $2)
      on conflict (consumer) do update set position = excluded.position`;
    await client.query(reset, [projector.name, START_OF_STORE]);
    await client.query(`truncate ${projector.tables.join(', ')}`);
    await client.query('commit');
  } finally {
    await client.end();
  }
}

/**
 * Empties a projector's tables and fills them from the first event on. Lists are short until it is done,
 * and no process may run the projector meanwhile.
 * @returns how many events were projected.
 * @throws CheckpointMoved when one does; its own replay then goes on.
 */
export async function rebuildProjection(
  projector: TableProjector,
  { eventStore, connectionString, onProgress }: RebuildProjectionOptions,
): Promise<number> {
  await startOver(connectionString, projector);
  const checkpoints = new PostgresCheckpointStore({ connectionString });
  const meter = new ProgressMeter(onProgress);
  try {
    const { name, categories, batchSize: pageSize } = projector;
    const after = await checkpoints.load(name);
    const head = await eventStore.head();
    meter.head = head;
    for await (const events of eventStore.readAll({ after, upTo: head, categories, pageSize })) {
      const position = events.at(-1)?.position ?? after;
      await checkpoints.advance(name, position, (sql) => projector.project(events, sql));
      meter.read(events.length, position);
    }
    await checkpoints.advance(name, head, async () => {});
    meter.tell();
    return meter.events;
  } finally {
    await checkpoints.close();
  }
}
