import type { DataSource } from 'typeorm';
import { type Page, pageOf } from '../queries/cursor.js';
import {
  type Order,
  placeIn,
  placeParts,
  type SortedPageRequest,
  Sorting,
  time,
} from '../queries/sorting.js';

/** `stopped`: somebody or something ended it before its end; it may be started again. */
export type RunState = 'running' | 'finished' | 'failed' | 'stopped';

export interface RunOrder {
  /** What is done. */
  readonly kind: string;
  /** What it is done to. */
  readonly subject: string;
  /** Who asked for it. */
  readonly actorId: string;
  readonly reason: string | null;
  /** The request that it came with. */
  readonly correlationId: string | null;
}

export interface BackgroundRun extends RunOrder {
  readonly id: string;
  readonly state: RunState;
  readonly progress: unknown;
  /** Null until it is finished. */
  readonly result: unknown;
  /** Null unless it failed. */
  readonly error: string | null;
  readonly startedAt: Date;
  readonly changedAt: Date;
  readonly endedAt: Date | null;
}

export interface RunEnd {
  readonly state: Exclude<RunState, 'running'>;
  readonly result?: unknown;
  readonly error?: string | undefined;
}

/** Whoever does not tell for so long has died. */
export const SILENT = "interval '30 seconds'";
const COLUMNS = `
  id, kind, subject, actor_id as "actorId", reason, correlation_id as "correlationId", progress, result, error,
  case when state = 'running' and changed_at < now() - ${SILENT} then 'stopped' else state end as state,
  started_at as "startedAt", changed_at as "changedAt", ended_at as "endedAt"`;
const GIVE_UP = `
  update read_models.background_runs set state = 'stopped', ended_at = changed_at
  where kind = $1 and subject = $2 and state = 'running' and changed_at < now() - ${SILENT}`;
const BEGIN = `
  insert into read_models.background_runs
    (id, kind, subject, actor_id, reason, correlation_id, state, started_at, changed_at)
  values ($1, $2, $3, $4, $5, $6, 'running', now(), now())
  on conflict (kind, subject) where state = 'running' do nothing
  returning ${COLUMNS}`;
const TELL = `
  update read_models.background_runs set progress = $2, changed_at = now()
  where id = $1 and state = 'running' returning stop_requested as "stopRequested"`;
const END = `
  update read_models.background_runs
  set state = $2, result = $3, error = $4, changed_at = now(), ended_at = now()
  where id = $1 and state = 'running'`;
const ASK_TO_STOP = `
  update read_models.background_runs set stop_requested = true
  where kind = $1 and subject = $2 and state = 'running'`;
const LATEST = `
  select distinct on (subject) ${COLUMNS} from read_models.background_runs
  where kind = $1 and ($2::text is null or subject = $2) order by subject, started_at desc`;
const orders = new Sorting({ startedAt: time('startedAt') }, '-startedAt');
const listed = ({ direction }: Order) => `
  select ${COLUMNS} from read_models.background_runs
  where kind = $1
    and ($2::timestamptz is null or (started_at, id) ${direction === 'DESC' ? '<' : '>'} ($2, $3))
  order by started_at ${direction}, id ${direction} limit $4`;

/** The state of runs of all processes. Who asked for what and why is in events, which stay longer than these rows. */
export class RunTable {
  constructor(private readonly dataSource: DataSource) {}

  /** Undefined while another one is under way. */
  async begin(id: string, order: RunOrder): Promise<BackgroundRun | undefined> {
    const { kind, subject, actorId, reason, correlationId } = order;
    await this.dataSource.query(GIVE_UP, [kind, subject]);
    const rows = await this.dataSource.query<BackgroundRun[]>(BEGIN, [
      ...[id, kind, subject, actorId, reason, correlationId],
    ]);
    return rows[0];
  }

  /** Answers whether the run is to go on. */
  async tell(id: string, progress: unknown): Promise<boolean> {
    const [rows] = await this.dataSource.query<[{ stopRequested: boolean }[], number]>(TELL, [
      id,
      json(progress),
    ]);
    return rows[0]?.stopRequested === false;
  }

  async end(id: string, { state, result, error }: RunEnd): Promise<void> {
    await this.dataSource.query(END, [id, state, json(result), error ?? null]);
  }

  async askToStop(kind: string, subject: string): Promise<void> {
    await this.dataSource.query(ASK_TO_STOP, [kind, subject]);
  }

  /** The last run of each subject. */
  latest(kind: string, subject?: string): Promise<readonly BackgroundRun[]> {
    return this.dataSource.query(LATEST, [kind, subject ?? null]);
  }

  async find(id: string): Promise<BackgroundRun | undefined> {
    const sql = `select ${COLUMNS} from read_models.background_runs where id = $1`;
    return (await this.dataSource.query<BackgroundRun[]>(sql, [id]))[0];
  }

  /** Newest first, unless asked otherwise. @throws InvalidCursor */
  async list(
    kind: string,
    { sort, cursor, limit }: SortedPageRequest<'startedAt'>,
  ): Promise<Page<BackgroundRun>> {
    const order = orders.order(sort);
    const from = cursor === undefined ? undefined : placeIn(cursor, order);
    const rows = await this.dataSource.query<BackgroundRun[]>(listed(order), [
      ...[kind, from?.value ?? null, from?.id ?? null, limit + 1],
    ]);
    return pageOf(
      rows,
      limit,
      (row) => row,
      ({ startedAt, id }) => placeParts(order, startedAt, id),
    );
  }
}

const json = (value: unknown) =>
  value === undefined
    ? null
    : JSON.stringify(value, (_, each) => (typeof each === 'bigint' ? each.toString() : each));
