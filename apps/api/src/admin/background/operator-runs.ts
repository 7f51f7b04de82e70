import { CLOCK, type Clock, DomainFailure, newId } from '@imprest/application';
import { domainError } from '@imprest/domain';
import { LOGGER } from '@imprest/platform';
import {
  type BackgroundRun,
  BackgroundRuns,
  type RunOrder,
  RunTable,
  RunUnderWay,
  type Work,
} from '@imprest/read-models';
import { Inject, Injectable, type OnModuleDestroy } from '@nestjs/common';
import type { Logger } from 'pino';

/** Long work of operators, that goes on when the browser is closed and is told of by any process. */
@Injectable()
export class OperatorRuns implements OnModuleDestroy {
  private readonly runs: BackgroundRuns;

  constructor(
    readonly table: RunTable,
    @Inject(CLOCK) clock: Clock,
    @Inject(LOGGER) logger: Logger,
  ) {
    this.runs = new BackgroundRuns(
      table,
      () => newId('run', clock.now().getTime()),
      (err) => logger.error({ err }, 'work in the background cannot be written down'),
    );
  }

  /** @throws DomainFailure conflict while the same is under way */
  async start(order: RunOrder, work: Work): Promise<BackgroundRun> {
    try {
      return await this.runs.start(order, work);
    } catch (error) {
      if (!(error instanceof RunUnderWay)) throw error;
      throw new DomainFailure(domainError('conflict', error.message));
    }
  }

  /** The run as it is when it has ended, or after so long. */
  async waited({ id }: BackgroundRun, limitMs: number): Promise<BackgroundRun> {
    await this.runs.settled(id, limitMs);
    return (await this.table.find(id)) as BackgroundRun;
  }

  onModuleDestroy(): Promise<void> {
    return this.runs.close();
  }
}

const iso = (time: Date | null) => time?.toISOString() ?? null;

export function runView({
  startedAt,
  changedAt,
  endedAt,
  kind: _,
  actorId,
  ...run
}: BackgroundRun) {
  return {
    ...run,
    startedBy: actorId,
    startedAt: startedAt.toISOString(),
    changedAt: changedAt.toISOString(),
    endedAt: iso(endedAt),
  };
}
