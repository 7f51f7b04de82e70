import type { EventStore } from '@imprest/application';
import { Client } from 'pg';
import type { TableProjector } from '../projections/table-projector.js';
import { ShadowTables } from '../sql/shadow-tables.js';
import { ParkedAside } from './parked-aside.js';
import { RebuildUnderWay } from './rebuild-errors.js';
import type { Standby } from './standby.js';

export interface RebuildOptions {
  readonly projector: TableProjector;
  readonly eventStore: Pick<EventStore, 'readAll' | 'head'>;
  readonly connectionString: string;
}

const TRY_LOCK =
  "select pg_try_advisory_lock(hashtextextended('imprest standby ' || $1, 0)) as ours";

export function standbySchema({ name }: TableProjector): string {
  return `standby_${name.replaceAll('-', '_')}`;
}

/** Undefined when there are no tables beside the live ones. */
export async function readStandby(client: Client, schema: string): Promise<Standby | undefined> {
  const table = await client.query<{ present: boolean }>(
    `select to_regclass('${schema}.progress') is not null as present`,
  );
  if (table.rows[0]?.present !== true) return undefined;
  const { rows } = await client.query<Standby & { position: string; events: string }>(
    `select phase, position, events, started_at as "startedAt", changed_at as "changedAt"
     from ${schema}.progress`,
  );
  const row = rows[0];
  return row && { ...row, position: BigInt(row.position), events: Number(row.events) };
}

/** One connection that has the tables beside one projector's to itself. */
export class StandbySession {
  readonly schema: string;
  readonly shadow: ShadowTables;
  readonly parked: ParkedAside;
  /** Writes into the tables beside the live ones. */
  readonly standbyProjector: TableProjector;

  private constructor(
    readonly client: Client,
    readonly options: RebuildOptions,
  ) {
    const { projector } = options;
    this.schema = standbySchema(projector);
    this.standbyProjector = projector.in(this.schema);
    const names = projector.tables.map(({ name }) => name);
    this.shadow = new ShadowTables(client, this.schema, names);
    this.parked = new ParkedAside(client, this.schema, projector.name);
  }

  /** @throws RebuildUnderWay */
  static async open(options: RebuildOptions): Promise<StandbySession> {
    const { connectionString, projector } = options;
    const client = new Client({ connectionString, application_name: 'imprest rebuild' });
    // A connection that breaks fails the statement under way; without a listener it ends the process too.
    client.on('error', () => undefined);
    await client.connect();
    try {
      const { rows } = await client.query<{ ours: boolean }>(TRY_LOCK, [projector.name]);
      if (rows[0]?.ours !== true) throw new RebuildUnderWay(projector.name);
      await client.query("set maintenance_work_mem = '256MB'");
      await client.query('set synchronous_commit = off');
      return new StandbySession(client, options);
    } catch (error) {
      await client.end();
      throw error;
    }
  }

  close(): Promise<void> {
    return this.client.end();
  }

  read(): Promise<Standby | undefined> {
    return readStandby(this.client, this.schema);
  }

  async create(): Promise<void> {
    await this.transaction(async () => {
      await this.shadow.create();
      await this.parked.create();
      await this.client.query(
        `create table ${this.schema}.progress (
           phase text not null, position bigint not null, events bigint not null,
           started_at timestamptz not null, changed_at timestamptz not null)`,
      );
      await this.client.query(
        `insert into ${this.schema}.progress values ('filling', 0, 0, now(), now())`,
      );
    });
  }

  async save({ phase, position, events }: Pick<Standby, 'phase' | 'position' | 'events'>) {
    await this.client.query(
      `update ${this.schema}.progress
       set phase = $1, position = $2, events = $3, changed_at = clock_timestamp()`,
      [phase, position, events],
    );
  }

  async finishFilling(): Promise<void> {
    await this.client.query(
      `update ${this.schema}.progress set phase = 'ready', changed_at = clock_timestamp()`,
    );
  }

  async transaction<T>(work: () => Promise<T>): Promise<T> {
    await this.client.query('begin');
    try {
      const result = await work();
      await this.client.query('commit');
      return result;
    } catch (error) {
      await this.client.query('rollback').catch(() => undefined);
      throw error;
    }
  }
}
