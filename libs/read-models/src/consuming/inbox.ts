import {
  type Accepted,
  START_OF_STORE,
  type Standing,
  type StreamProgress,
} from '@imprest/application';
import type { ClientBase, Pool } from 'pg';
import { arrayLiteral } from '../sql/array-literal.js';

type Queryable = Pick<Pool | ClientBase, 'query'>;

export interface ProgressRow {
  readonly position: string;
  readonly reached: string;
  readonly parked: number;
}

const PARKED =
  'select stream, revision from read_models.parked_streams where consumer = $1 and not released';
const REVISIONS = `
  select stream, last_revision from read_models.inbox
  where consumer = $1 and stream = any($2::text[])`;

/** The inbox first and the consumer's row last: of two statements neither waits for what the other one holds. */
const WRITE = `
  with given as (
    select * from unnest($2::text[], $3::int[], $4::bigint[]) as given (stream, revision, position)
    where set_config('synchronous_commit', 'off', true) = 'off'
  ), noted as (
    insert into read_models.inbox as known (consumer, stream, last_revision, position)
    select $1, stream, revision, position from given
    on conflict (consumer, stream) do update
      set last_revision = excluded.last_revision, position = excluded.position
      where known.last_revision < excluded.last_revision
  )
  insert into read_models.checkpoints as known (consumer, position, reached)
  values ($1, coalesce($5::bigint, 0), $6)
  on conflict (consumer) do update set
    position = greatest(known.position, excluded.position),
    reached = greatest(known.reached, excluded.reached)
  returning parked`;
const MOVE_PARKED = `
  update read_models.parked_streams as waiting set revision = given.revision + 1
  from unnest($2::text[], $3::int[]) as given (stream, revision)
  where waiting.consumer = $1 and waiting.stream = given.stream and waiting.revision <= given.revision
    and not waiting.released`;

const RELEASE =
  'update read_models.parked_streams set released = true where consumer = $1 and stream = $2';
/** How many streams of a consumer wait, in the row that every batch reads. */
export const COUNT_PARKED = `
  update read_models.checkpoints set parked = (
    select count(*) from read_models.parked_streams where consumer = $1 and not released
  ) where consumer = $1`;

const PRUNED_AT_ONCE = 10_000;
const PRUNE = `
  delete from read_models.inbox where ctid = any(array(
    select inbox.ctid from read_models.inbox
    join read_models.checkpoints using (consumer)
    where consumer = $1 and inbox.position <= checkpoints.position
    limit ${PRUNED_AT_ONCE}
  )) and set_config('synchronous_commit', 'off', true) = 'off'`;

/** What the consumer's row says, with the streams that are parked; revisions are looked up when asked for. */
export async function standingOf(
  client: Queryable,
  consumer: string,
  row: ProgressRow | undefined,
): Promise<Standing> {
  const reached = BigInt(row?.reached ?? 0);
  return {
    position: row === undefined ? START_OF_STORE : BigInt(row.position),
    reached,
    parked: row?.parked ? await parkedOf(client, consumer) : new Map(),
    revisions: async (streams) =>
      reached === 0n ? new Map() : revisionsOf(client, consumer, streams),
  };
}

/** In one statement for all streams, and one more while some are parked. */
export async function writeAccepted(
  client: Queryable,
  consumer: string,
  { processed, settled, released }: Accepted,
): Promise<void> {
  if (processed.length > 0 || settled !== undefined) {
    await writeProgress(client, consumer, processed, settled);
  }
  if (released === undefined) return;
  await client.query(RELEASE, [consumer, released]);
  await client.query(COUNT_PARKED, [consumer]);
}

async function writeProgress(
  client: Queryable,
  consumer: string,
  processed: readonly StreamProgress[],
  settled: bigint | undefined,
): Promise<void> {
  // Always in the same order, so that two statements over the same streams do not wait for each other.
  const steps = processed.toSorted((a, b) => (a.stream < b.stream ? -1 : 1));
  const streams = arrayLiteral(steps.map(({ stream }) => stream));
  const revisions = arrayLiteral(steps.map(({ revision }) => revision));
  const positions = steps.map(({ position }) => position);
  const reached = positions.reduce((most, each) => (each > most ? each : most), 0n);
  const values = [consumer, streams, revisions, arrayLiteral(positions), settled, reached];
  const { rows } = await client.query<{ parked: number }>(WRITE, values);
  if (rows[0]?.parked) await client.query(MOVE_PARKED, [consumer, streams, revisions]);
}

/** A few thousand rows at a time, so that nothing waits long for it. */
export async function prune(pool: Pool, consumer: string): Promise<void> {
  let removed = PRUNED_AT_ONCE;
  while (removed === PRUNED_AT_ONCE) {
    removed = (await pool.query(PRUNE, [consumer])).rowCount ?? 0;
  }
}

async function parkedOf(client: Queryable, consumer: string): Promise<Map<string, number>> {
  const { rows } = await client.query<{ stream: string; revision: number }>(PARKED, [consumer]);
  return new Map(rows.map(({ stream, revision }) => [stream, revision]));
}

async function revisionsOf(
  client: Queryable,
  consumer: string,
  streams: readonly string[],
): Promise<Map<string, number>> {
  const { rows } = await client.query<{ stream: string; last_revision: number }>(REVISIONS, [
    consumer,
    arrayLiteral(streams),
  ]);
  return new Map(rows.map(({ stream, last_revision }) => [stream, last_revision]));
}
