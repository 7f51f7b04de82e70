import {
  CLOCK,
  type Clock,
  type CommandContext,
  DeciderRunner,
  DomainFailure,
  newId,
  type OperatorRunOrder,
  OperatorRunRecord,
  PeriodicTask,
} from '@imprest/application';
import { domainError } from '@imprest/domain';
import { LOGGER } from '@imprest/platform';
import {
  type BackgroundRun,
  BackgroundRuns,
  RunEnds,
  RunTable,
  RunUnderWay,
  RunUpkeep,
  type Work,
} from '@imprest/read-models';
import { Inject, Injectable, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import type { Logger } from 'pino';

const UPKEEP_MS = 60_000;

/** Long work of operators, that goes on when the browser is closed and is told of by any process. */
@Injectable()
export class OperatorRuns implements OnModuleInit, OnModuleDestroy {
  private readonly runs: BackgroundRuns;
  private readonly upkeep: PeriodicTask;

  constructor(
    readonly table: RunTable,
    ends: RunEnds,
    runner: DeciderRunner,
    @Inject(CLOCK) clock: Clock,
    @Inject(LOGGER) logger: Logger,
  ) {
    const record = new OperatorRunRecord(runner);
    const failed = (err: unknown) =>
      logger.error({ err }, 'work in the background cannot be written down');
    const nextId = () => newId('run', clock.now().getTime());
    this.runs = new BackgroundRuns({ table, ends, record, newId: nextId, failed });
    const upkeep = new RunUpkeep(ends, record);
    this.upkeep = new PeriodicTask(UPKEEP_MS, () => upkeep.sweep(clock.now()), failed);
  }

  onModuleInit(): void {
    this.upkeep.startLater();
  }

  /** @throws DomainFailure conflict while the same is under way */
  async start<Result>(
    order: OperatorRunOrder,
    context: CommandContext,
    work: Work<Result>,
  ): Promise<BackgroundRun> {
    try {
      return await this.runs.start(order, context, work);
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

  async onModuleDestroy(): Promise<void> {
    await this.upkeep.stop();
    await this.runs.close();
  }
}

const iso = (time: Date | null) => time?.toISOString() ?? null;

export function runView({
  startedAt,
  changedAt,
  endedAt,
  kind: _,
  correlationId: __,
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
