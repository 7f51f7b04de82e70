import { setTimeout as delay } from 'node:timers/promises';
import type { Pace } from '@imprest/application';
import { Client } from 'pg';
import type { AnyTable } from '../projections/table-projector.js';
import { compareTables, type TableDifferences } from './compare-tables.js';
import { follow } from './follow.js';
import { LiveProgress, reachedBy } from './live-progress.js';
import { NothingToSwitchTo } from './rebuild-errors.js';
import type { StandbySession } from './standby-session.js';

export interface CompareOptions {
  /** Most rows named for each table and kind of difference; 20 when absent. */
  readonly samples?: number;
  /** How long the live projector is given to come to where the tables beside its own are; 10,000 when absent. */
  readonly waitMs?: number;
  /** Lets others go first while nothing is held. */
  readonly pace?: Pace;
  /** Ends the comparison where it is. */
  readonly signal?: AbortSignal;
}

export interface Comparison {
  readonly livePosition: bigint;
  readonly standbyPosition: bigint;
  /** Both have the same events, parked streams aside; otherwise the live tables lack some, and differ by what those say. */
  readonly samePosition: boolean;
  /** Streams whose events the live projector could not process: the live tables lack them. */
  readonly parkedStreams: number;
  readonly tables: readonly TableDifferences[];
}

const SAMPLES = 20;
const WAIT_MS = 10_000;
const LOOK_AGAIN_MS = 200;

/**
 * What the tables beside the live ones have that those have not, and the other way round. The live projector is held
 * for the moment it takes to bring both to the same event; the comparison then works on a snapshot.
 * @throws NothingToSwitchTo when there are no complete tables beside the live ones; what the signal says when it ended it.
 */
export async function compare(
  session: StandbySession,
  { samples = SAMPLES, waitMs = WAIT_MS, pace, signal }: CompareOptions = {},
): Promise<Comparison> {
  const { projector, connectionString } = session.options;
  const standby = await session.read();
  if (standby === undefined || standby.phase === 'filling') {
    throw new NothingToSwitchTo(projector.name, 'ready', standby?.phase);
  }
  const reader = await connect(connectionString);
  // A statement over all rows takes minutes; the server lets go of it when nobody is there to hear the answer.
  const cut = () => void reader.end();
  signal?.addEventListener('abort', cut, { once: true });
  try {
    await reader.query("set client_connection_check_interval = '1s'");
    const positions = await snapshotAtOneEvent(session, reader, { waitMs, pace, signal });
    const tables: TableDifferences[] = [];
    for (const [index, live] of projector.tables.entries()) {
      const beside = session.standbyProjector.tables[index] as AnyTable;
      tables.push(await compareTables(reader, live, beside, samples));
    }
    return { ...positions, tables };
  } catch (error) {
    signal?.throwIfAborted();
    throw error;
  } finally {
    signal?.removeEventListener('abort', cut);
    await reader.end();
  }
}

/** Leaves `reader` in a transaction that sees both sides with the same events, if they come to that in time. */
async function snapshotAtOneEvent(
  session: StandbySession,
  reader: Client,
  { waitMs, pace, signal }: Pick<CompareOptions, 'pace' | 'signal'> & { readonly waitMs: number },
) {
  const { connectionString } = session.options;
  const holder = await connect(connectionString);
  const live = new LiveProgress(holder, session.options);
  const standbyPosition = async () => (await session.read())?.position ?? 0n;
  const deadline = performance.now() + waitMs;
  try {
    for (;;) {
      // Nearly all of it before the live projector is held, the rest while it is.
      await follow(session, reachedBy(await live.read()), undefined, { pace, signal });
      signal?.throwIfAborted();
      await holder.query('begin');
      const standing = await live.hold();
      const livePosition = reachedBy(standing);
      await follow(session, livePosition);
      const position = await standbyPosition();
      const samePosition = await live.hasAll(standing, position);
      if (samePosition || performance.now() >= deadline) {
        await reader.query('begin isolation level repeatable read read only');
        await reader.query('select 1');
        const parkedStreams = standing.parked.size;
        return { livePosition, standbyPosition: position, samePosition, parkedStreams };
      }
      await holder.query('rollback');
      await delay(LOOK_AGAIN_MS, undefined, { signal });
    }
  } finally {
    await holder.end();
  }
}

async function connect(connectionString: string): Promise<Client> {
  const client = new Client({ connectionString, application_name: 'imprest comparison' });
  client.on('error', () => undefined);
  await client.connect();
  return client;
}
