import { Client } from 'pg';
import type { TableProjector } from '../projections/table-projector.js';
import { type BuildOptions, type Built, build } from './build.js';
import { type CompareOptions, type Comparison, compare } from './compare.js';
import { NothingToSwitchTo, OldTablesKept } from './rebuild-errors.js';
import type { Standby } from './standby.js';
import {
  type RebuildOptions,
  readStandby,
  StandbySession,
  standbySchema,
} from './standby-session.js';
import { rollBack, type Switched, type SwitchOptions, switchOver } from './switch-over.js';

export interface BegunBuild {
  /** As `ProjectionRebuild.build`; to be called once. */
  build(options?: BuildOptions): Promise<Built>;
  /** In place of a build. */
  close(): Promise<void>;
}

/**
 * Makes the tables of a projector anew beside the live ones, shows how they differ, and exchanges the two. Readers
 * and the live projector go on all the time, in this process or another. Each step may be a process of its own.
 * @throws RebuildUnderWay from every step, while another process is at one.
 */
export class ProjectionRebuild {
  constructor(private readonly options: RebuildOptions) {}

  /** Fills the tables beside the live ones up to the head. @throws OldTablesKept, StandbyOutdated */
  build(options?: BuildOptions): Promise<Built> {
    return this.inSession((session) => build(session, options));
  }

  /**
   * Has the tables beside to itself from now on, for a build that goes on without the caller.
   * @throws RebuildUnderWay, OldTablesKept
   */
  async begin(): Promise<BegunBuild> {
    const session = await StandbySession.open(this.options);
    const close = () => session.close();
    try {
      const standby = await session.read();
      if (standby?.phase === 'replaced') throw new OldTablesKept(this.options.projector.name);
    } catch (error) {
      await close();
      throw error;
    }
    return { build: (options) => build(session, options).finally(close), close };
  }

  /** @throws NothingToSwitchTo */
  compare(options?: CompareOptions): Promise<Comparison> {
    return this.inSession((session) => compare(session, options));
  }

  /** @throws NothingToSwitchTo, TablesBusy; the live tables are then as they were. */
  switchOver(options?: SwitchOptions): Promise<Switched> {
    return this.inSession((session) => switchOver(session, options));
  }

  /** @throws NothingToSwitchTo, TablesBusy; the live tables are then as they were. */
  rollBack(options?: SwitchOptions): Promise<Switched> {
    return this.inSession((session) => rollBack(session, options));
  }

  /** Drops the tables that the last switch replaced. @throws NothingToSwitchTo */
  dropOld(): Promise<void> {
    return this.inSession(async (session) => {
      const standby = await session.read();
      if (standby?.phase !== 'replaced') {
        throw new NothingToSwitchTo(session.options.projector.name, 'replaced', standby?.phase);
      }
      await session.shadow.drop();
    });
  }

  /** Drops whatever is beside the live tables. */
  abandon(): Promise<void> {
    return this.inSession(async (session) => {
      if ((await session.read()) !== undefined) await session.shadow.drop();
    });
  }

  private async inSession<T>(work: (session: StandbySession) => Promise<T>): Promise<T> {
    const session = await StandbySession.open(this.options);
    try {
      return await work(session);
    } finally {
      await session.close();
    }
  }
}

/** Where the tables beside those of each projector stand; those without any are left out. */
export async function readStandbys(
  connectionString: string,
  projectors: readonly TableProjector[],
): Promise<ReadonlyMap<string, Standby>> {
  const client = new Client({ connectionString, application_name: 'imprest rebuild' });
  // Lost between two statements, it would end the process; the next statement says so.
  client.on('error', () => undefined);
  await client.connect();
  try {
    const found = new Map<string, Standby>();
    for (const projector of projectors) {
      const standby = await readStandby(client, standbySchema(projector));
      if (standby !== undefined) found.set(projector.name, standby);
    }
    return found;
  } finally {
    await client.end();
  }
}
