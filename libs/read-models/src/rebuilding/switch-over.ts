import { setTimeout as delay } from 'node:timers/promises';
import { sqlTransaction } from '../sql/sql-transaction.js';
import { catchUp, projectRest } from './follow.js';
import { LiveProgress } from './live-progress.js';
import { NothingToSwitchTo, TablesBusy } from './rebuild-errors.js';
import type { StandbyPhase } from './standby.js';
import type { StandbySession } from './standby-session.js';

export interface Switched {
  /** Checkpoint the tables were put in place with. */
  readonly position: bigint;
  /** Where the tables stand that were replaced. */
  readonly replacedAt: bigint;
  /** Until no reader was in the way. */
  readonly attempts: number;
  /** For how long readers had to wait, in milliseconds. */
  readonly lockedMs: number;
}

export interface SwitchOptions {
  /** Ends it before the next attempt to lock the tables; one that is under way comes to its end. */
  readonly signal?: AbortSignal;
}

const MOST_ATTEMPTS = 60;
const LONGEST_PAUSE_MS = 1_000;
/**
 * Even for several tables shorter than PostgreSQL's deadlock_timeout (1 s): a reader that holds one table and waits
 * for another is let through before PostgreSQL would choose it as the victim.
 */
const LOCK_MS = 150;
/** The first table is asked for while nothing is held, so it may take longer: autovacuum gives way after a second. */
const LONGEST_FIRST_LOCK_MS = 2_000;
/** Of rows, once the tables are locked: whoever else holds one lets go of it at once. */
const ROW_LOCK_MS = 1_000;
/** PostgreSQL: lock_not_available, deadlock_detected. */
const IN_THE_WAY: ReadonlySet<unknown> = new Set(['55P03', '40P01']);

/** Puts the tables beside the live ones in their place; those stay beside them. @throws NothingToSwitchTo, TablesBusy */
export function switchOver(session: StandbySession, options?: SwitchOptions): Promise<Switched> {
  return exchange(session, 'ready', 'replaced', options);
}

/** Puts back what the last switch replaced, brought up to date first. @throws NothingToSwitchTo, TablesBusy */
export function rollBack(session: StandbySession, options?: SwitchOptions): Promise<Switched> {
  return exchange(session, 'replaced', 'ready', options);
}

async function exchange(
  session: StandbySession,
  from: StandbyPhase,
  to: StandbyPhase,
  { signal }: SwitchOptions = {},
): Promise<Switched> {
  const { projector } = session.options;
  const standby = await session.read();
  if (standby?.phase !== from) {
    throw new NothingToSwitchTo(projector.name, from, standby?.phase);
  }
  const tables = projector.tables.map(({ name }) => name);
  for (let attempt = 1; ; attempt += 1) {
    await catchUp(session, undefined, { signal });
    signal?.throwIfAborted();
    const outcome = await tryExchange(session, to, tables, attempt);
    if ('position' in outcome) return { ...outcome, attempts: attempt };
    if (attempt === MOST_ATTEMPTS) throw new TablesBusy(outcome.busy, attempt);
    // What was busy is asked for first next time, when waiting for it holds nobody up.
    tables.sort((a, b) => Number(b === outcome.busy) - Number(a === outcome.busy));
    await delay(Math.min(50 * attempt, LONGEST_PAUSE_MS), undefined, { signal });
  }
}

type Outcome = Omit<Switched, 'attempts'> | { readonly busy: string };

async function tryExchange(
  session: StandbySession,
  to: StandbyPhase,
  tables: readonly string[],
  attempt: number,
): Promise<Outcome> {
  const { client, options } = session;
  const live = new LiveProgress(client, options);
  const locking = new TableLocks(session);
  try {
    return await session.transaction(async () => {
      await client.query('set local synchronous_commit = on');
      const replacedAt = await live.settle(await live.hold());
      // Whatever the live tables have, these have too: the few events since the last look.
      const { position, events } = await projectRest(session, replacedAt);
      await session.standbyProjector.carryOver(sqlTransaction(client));
      const lockedFrom = performance.now();
      await locking.lock(tables, attempt);
      await session.shadow.exchange();
      await session.save({ phase: to, position: replacedAt, events });
      await session.parked.exchange(position);
      return { position, replacedAt, lockedMs: Math.round(performance.now() - lockedFrom) };
    });
  } catch (error) {
    if (!IN_THE_WAY.has((error as { code?: unknown }).code)) throw error;
    return { busy: locking.busy };
  }
}

class TableLocks {
  /** What is asked for, or was asked for last. */
  busy = 'read_models.checkpoints';

  constructor(private readonly session: StandbySession) {}

  async lock(tables: readonly string[], attempt: number): Promise<void> {
    const { client } = this.session;
    for (const [index, table] of tables.entries()) {
      const first = Math.min(LOCK_MS * attempt, LONGEST_FIRST_LOCK_MS);
      await client.query(`set local lock_timeout = ${index === 0 ? first : LOCK_MS}`);
      this.busy = table;
      await client.query(`lock table ${table} in access exclusive mode`);
    }
    await client.query(`set local lock_timeout = ${ROW_LOCK_MS}`);
  }
}
