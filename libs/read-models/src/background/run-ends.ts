import type { DataSource } from 'typeorm';
import { type RunState, SILENT } from './run-table.js';

export interface UnrecordedEnd {
  readonly id: string;
  readonly state: Exclude<RunState, 'running'>;
  /** Name of the error; null unless it failed. */
  readonly failure: string | null;
  readonly correlationId: string;
}

const AT_ONCE = 100;

/** Runs of a process that died have no one who would say that they are over. */
const GIVE_UP = `
  update read_models.background_runs set state = 'stopped', ended_at = changed_at
  where not end_recorded and state = 'running' and changed_at < now() - ${SILENT}`;
const UNRECORDED = `
  select id, state, coalesce(correlation_id, id) as "correlationId",
    case when state = 'failed' then split_part(error, ':', 1) end as failure
  from read_models.background_runs
  where not end_recorded and state <> 'running' and changed_at < now() - ${SILENT}
  order by changed_at limit ${AT_ONCE}`;
const RECORDED = 'update read_models.background_runs set end_recorded = true where id = $1';
const SWEEP = `
  delete from read_models.background_runs where id in (
    select id from read_models.background_runs
    where end_recorded and ended_at < $1 order by ended_at limit $2)`;

/** What is left to do when runs are over: to have their end on record, and one day to forget their state. */
export class RunEnds {
  constructor(private readonly dataSource: DataSource) {}

  recorded(id: string): Promise<unknown> {
    return this.dataSource.query(RECORDED, [id]);
  }

  /** Ends that whoever ran them has not put on record in half a minute, oldest first; a hundred at most. */
  async unrecorded(): Promise<readonly UnrecordedEnd[]> {
    await this.dataSource.query(GIVE_UP);
    return this.dataSource.query(UNRECORDED);
  }

  /** Answers how many runs that ended before then are forgotten: at most so many, none without its end on record. */
  async sweep(before: Date, most: number): Promise<number> {
    const [, swept] = await this.dataSource.query<[unknown, number]>(SWEEP, [before, most]);
    return swept;
  }
}
