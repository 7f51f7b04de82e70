import pg from 'pg';

export interface WriteStopOptions {
  readonly connectionString: string;
  /** Shown in pg_stat_activity; sessions of this name are not counted as others. */
  readonly applicationName: string;
  /** How long appends under way are waited for; 10,000 when absent. */
  readonly waitMs?: number;
}

/** The lock that `event_store.append` takes for each batch, for a whole session. */
const LOCK = 'select pg_advisory_lock(1702260340, 1)';

const OTHERS = `
  select distinct application_name as name from pg_stat_activity
   where datname = current_database() and pid <> pg_backend_pid()
     and application_name like 'imprest%' and application_name <> $1
   order by 1`;

const CLOSE = `
  create or replace function event_store.refuse_events() returns trigger language plpgsql as $$
  begin
    raise exception 'the events were moved to another store, which EVENT_STORE has to name';
  end $$;
  create or replace trigger moved_away before insert on event_store.events
    for each statement execute function event_store.refuse_events()`;

/** Keeps every writer of this store waiting, while what it holds is taken elsewhere. */
export class WriteStop {
  private constructor(
    private readonly client: pg.Client,
    private readonly applicationName: string,
  ) {}

  /** @throws Error when appends under way do not end in time */
  static async begin(options: WriteStopOptions): Promise<WriteStop> {
    const { connectionString, applicationName, waitMs = 10_000 } = options;
    const client = new pg.Client({ connectionString, application_name: applicationName });
    await client.connect();
    try {
      await client.query(`set lock_timeout = ${Math.ceil(waitMs)}`);
      await client.query(LOCK);
      return new WriteStop(client, applicationName);
    } catch (error) {
      await client.end();
      throw error;
    }
  }

  /** Names of the product's sessions on this database, ours left out. */
  async otherSessions(): Promise<readonly string[]> {
    const { rows } = await this.client.query<{ name: string }>(OTHERS, [this.applicationName]);
    return rows.map(({ name }) => name);
  }

  /** From now on the store refuses events, whoever brings them. Safe to repeat. */
  async closeForGood(): Promise<void> {
    await this.client.query(CLOSE);
  }

  /** Lets writers go on, if it was not closed. */
  async end(): Promise<void> {
    await this.client.end();
  }
}
