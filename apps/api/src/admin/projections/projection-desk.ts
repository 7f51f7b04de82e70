import {
  type CommandContext,
  DomainFailure,
  EVENT_STORE,
  type EventStore,
  type OperatorRunOrder,
  pause,
} from '@imprest/application';
import { domainError } from '@imprest/domain';
import { CONNECTION_STRING, RequestPressure, YieldingPace } from '@imprest/platform';
import {
  NothingToSwitchTo,
  OldTablesKept,
  ProjectionRebuild,
  ProjectionTables,
  projectors,
  RebuildUnderWay,
  readStandbys,
  resultOf,
  StandbyOutdated,
  type TableProjector,
  TablesBusy,
  type Work,
} from '@imprest/read-models';
import { Inject, Injectable } from '@nestjs/common';
import { OperatorRuns, runView } from '../background/operator-runs.js';
import { ConsumerLags } from '../overview/index.js';
import { later, placeOf, standbyView, viewOrNull } from './projection-views.js';

const REBUILD = 'projection-rebuild';
const DIFF = 'projection-diff';
const SWITCH = 'projection-switch';
const ROLLBACK = 'projection-rollback';
const DROP = 'projection-drop';
const REFUSALS = [NothingToSwitchTo, OldTablesKept, RebuildUnderWay, StandbyOutdated, TablesBusy];
/** How long a caller waits before it has to ask again. */
const WAIT_MS = 20_000;
const STOP_MS = 10_000;
const LOOK_AGAIN_MS = 200;

export interface Ordered {
  readonly context: CommandContext;
  /** Null when nobody was asked. */
  readonly reason: string | null;
}

/** Rebuilding what is read from events, beside what is live, as `imprest projections` does. */
@Injectable()
export class ProjectionDesk {
  constructor(
    @Inject(EVENT_STORE) private readonly eventStore: EventStore,
    @Inject(CONNECTION_STRING) private readonly connectionString: string,
    private readonly tables: ProjectionTables,
    private readonly pressure: RequestPressure,
    private readonly runs: OperatorRuns,
    private readonly lags: ConsumerLags,
  ) {}

  async list() {
    const [lag, standbys, runs, rows] = await Promise.all([
      this.lags.read(),
      readStandbys(this.connectionString, projectors),
      this.runs.table.latest(REBUILD),
      this.tables.estimatedRows(projectors),
    ]);
    const lagOf = new Map(lag.consumers.map((each) => [each.consumer, each]));
    const runOf = new Map(runs.map((run) => [run.subject, run]));
    return {
      head: lag.head,
      projections: projectors.map(({ name, categories, tables }) => ({
        projection: name,
        categories,
        tables: tables.map((table) => ({ table: table.name, rows: rows.get(table.name) ?? null })),
        ...placeOf(lagOf.get(name)),
        beside: standbyView(standbys.get(name)),
        rebuild: viewOrNull(runOf.get(name)),
      })),
    };
  }

  /** @throws DomainFailure conflict, not_found */
  async rebuild(name: string, restart: boolean, { context, reason }: Ordered) {
    const begun = await this.of(name)
      .begin()
      .catch((error) => {
        throw refusalOf(error);
      });
    const order = { work: REBUILD, subject: name, reason };
    const pace = this.pace();
    const run = await this.runs
      .start(order, context, {
        run: ({ tell, signal }) => begun.build({ restart, signal, pace, onProgress: tell }),
        resultOf: resultOf.build,
      })
      .catch(async (error) => {
        await begun.close();
        throw error;
      });
    return runView(run);
  }

  async progress(name: string) {
    const projector = this.projector(name);
    const [standbys, [run], [diff], [change], [back], [drop]] = await Promise.all([
      readStandbys(this.connectionString, [projector]),
      this.runs.table.latest(REBUILD, name),
      this.runs.table.latest(DIFF, name),
      this.runs.table.latest(SWITCH, name),
      this.runs.table.latest(ROLLBACK, name),
      this.runs.table.latest(DROP, name),
    ]);
    return {
      projection: name,
      beside: standbyView(standbys.get(name)),
      rebuild: viewOrNull(run),
      diff: viewOrNull(diff),
      switch: viewOrNull(later(change, back)),
      drop: viewOrNull(drop),
    };
  }

  /** Live and rebuilt tables, row by row. @throws DomainFailure conflict, not_found */
  diff(name: string, ordered: Ordered) {
    const rebuild = this.of(name);
    return this.done(DIFF, name, ordered, {
      run: ({ signal }) => rebuild.compare({ signal, pace: this.pace() }),
      resultOf: resultOf.compare,
    });
  }

  /** @throws DomainFailure conflict, not_found */
  switchOver(name: string, ordered: Ordered) {
    const rebuild = this.of(name);
    return this.done(SWITCH, name, ordered, {
      run: ({ signal }) => rebuild.switchOver({ signal }),
      resultOf: resultOf.exchange,
    });
  }

  /** @throws DomainFailure conflict, not_found */
  rollBack(name: string, ordered: Ordered) {
    const rebuild = this.of(name);
    return this.done(ROLLBACK, name, ordered, {
      run: ({ signal }) => rebuild.rollBack({ signal }),
      resultOf: resultOf.exchange,
    });
  }

  /** Ends a build, and drops what is beside the live tables. @throws DomainFailure conflict, not_found */
  async abandon(name: string, ordered: Ordered): Promise<void> {
    const rebuild = this.of(name);
    await this.done(DROP, name, ordered, {
      run: ({ signal }) => this.drop(name, rebuild, signal),
      resultOf: resultOf.nothing,
    });
  }

  private async drop(
    name: string,
    rebuild: ProjectionRebuild,
    stopped: AbortSignal,
  ): Promise<void> {
    const signal = AbortSignal.any([stopped, AbortSignal.timeout(STOP_MS)]);
    await this.runs.table.askToStop(REBUILD, name);
    for (;;) {
      try {
        return await rebuild.abandon();
      } catch (error) {
        if (!(error instanceof RebuildUnderWay) || signal.aborted) throw error;
        await pause(LOOK_AGAIN_MS, signal);
      }
    }
  }

  /** What is over in seconds as a rule; after that the run tells. */
  private async done<Result>(
    work: string,
    subject: string,
    { context, reason }: Ordered,
    doing: Work<Result>,
  ) {
    const order: OperatorRunOrder = { work, subject, reason };
    const started = await this.runs.start(order, context, doing);
    const run = await this.runs.waited(started, WAIT_MS);
    if (run.state === 'failed') {
      throw new DomainFailure(domainError('conflict', run.error ?? 'it failed'));
    }
    return runView(run);
  }

  private pace(): YieldingPace {
    return new YieldingPace(this.pressure.isHigh);
  }

  private of(name: string): ProjectionRebuild {
    const { eventStore, connectionString } = this;
    return new ProjectionRebuild({ projector: this.projector(name), eventStore, connectionString });
  }

  private projector(name: string): TableProjector {
    const found = projectors.find((projector) => projector.name === name);
    if (found !== undefined) return found;
    throw new DomainFailure(domainError('not_found', `there is no projection ${name}`));
  }
}

/** What the state of the tables forbids is the caller's to know; anything else is a failure. */
function refusalOf(error: unknown): unknown {
  if (!REFUSALS.some((refusal) => error instanceof refusal)) return error;
  return new DomainFailure(domainError('conflict', (error as Error).message));
}
