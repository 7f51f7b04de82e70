import {
  AccountingPeriods,
  AuditFindings,
  auditRunStream,
  CLOCK,
  type Clock,
  type CommandContext,
  DeciderRunner,
  EVENT_STORE,
  type EventStore,
  type FoundThing,
  findingId,
  type Pace,
  PeriodicTask,
  Reconciliation,
  type ReconciliationReport,
} from '@imprest/application';
import type { FindingSource } from '@imprest/domain';
import { DATA_SOURCE, LOGGER, RequestPressure, YieldingPace } from '@imprest/platform';
import {
  connectionStringOf,
  FindingQueries,
  type LedgerVerification,
  verifyLedger,
} from '@imprest/read-models';
import { Inject, Injectable } from '@nestjs/common';
import type { Logger } from 'pino';
import type { DataSource } from 'typeorm';

const LOOK_EVERY_MS = 300_000;
const HOUR_UTC = 2;
const DAY_MS = 86_400_000;
/** What came in late on the day before is matched again. */
const OVERLAP_MS = 2 * DAY_MS;
const LOCK = '5140982266137044';

const context: CommandContext = {
  correlationId: 'nightly-audit',
  causationId: 'nightly-audit',
  actor: { kind: 'system', id: 'nightly-audit' },
};

/**
 * Once a night: every chain, entry, balance, lot and seal from the first event on, every close, and jobs, ledger,
 * assets and payments of the last days beside each other. What it finds is on record until it is gone.
 */
@Injectable()
export class NightlyAudit {
  private readonly task = new PeriodicTask(
    LOOK_EVERY_MS,
    () => this.look(),
    this.report.bind(this),
  );

  private readonly pace: Pace;

  constructor(
    @Inject(EVENT_STORE) private readonly eventStore: EventStore,
    @Inject(DATA_SOURCE) private readonly dataSource: DataSource,
    private readonly runner: DeciderRunner,
    private readonly periods: AccountingPeriods,
    private readonly reconciliation: Reconciliation,
    private readonly queries: FindingQueries,
    private readonly findings: AuditFindings,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(LOGGER) private readonly logger: Logger,
    pressure: RequestPressure,
  ) {
    this.pace = new YieldingPace(pressure.isHigh);
  }

  start(): void {
    this.task.start();
  }

  stop(): Promise<void> {
    return this.task.stop();
  }

  private async look(): Promise<void> {
    const now = this.clock.now();
    if (now.getUTCHours() < HOUR_UTC) return;
    const day = now.toISOString().slice(0, 10);
    const isDone = await this.runner.read(auditRunStream, day, ({ completed }) => completed);
    if (!isDone) await this.alone(() => this.run(day));
  }

  /** Of whichever day, whether or not it was audited before. */
  async run(day: string): Promise<void> {
    const startedAt = this.clock.now();
    const verification = await verifyLedger({
      eventStore: this.eventStore,
      connectionString: connectionStringOf(this.dataSource),
      pace: this.pace,
    });
    const closes = await this.periods.disagreeing();
    const audited = [
      ...verification.findings.map(ofVerification),
      ...closes.map(({ month }) => ofClose(month)),
    ];
    const isComplete = verification.findings.length === verification.findingsCount;
    await this.putOnRecord('audit', audited, isComplete);
    const matched = await this.reconciliation.run({ since: await this.since(startedAt) });
    const isWhole = !matched.truncated && matched.unanswered.length === 0;
    await this.putOnRecord('reconciliation', matched.findings, isWhole);
    await this.complete(day, startedAt, verification, matched, audited.length);
  }

  /** Open differences are looked at again, however old they are: that is how they are known to be gone. */
  private async since(now: Date): Promise<Date> {
    const [oldest] = await this.queries.open('reconciliation');
    const fromMs = Math.min(now.getTime(), oldest?.openedAt.getTime() ?? now.getTime());
    return new Date(fromMs - OVERLAP_MS);
  }

  private async putOnRecord(
    source: FindingSource,
    found: readonly FoundThing[],
    isComplete: boolean,
  ): Promise<void> {
    for (const thing of found) {
      const isNew = await this.findings.open(source, thing, context);
      if (isNew) this.logger.error({ finding: findingId(thing), ...thing }, 'the audit found');
    }
    if (!isComplete) return;
    const seen = new Set(found.map(findingId));
    for (const { id } of await this.queries.open(source)) {
      if (!seen.has(id)) await this.findings.resolve(id, context);
    }
  }

  private async complete(
    day: string,
    startedAt: Date,
    { upTo, events }: LedgerVerification,
    { generations, payments, findings, unanswered }: ReconciliationReport,
    audited: number,
  ): Promise<void> {
    const found = audited + findings.length;
    await this.runner.run(
      auditRunStream,
      day,
      {
        type: 'CompleteAudit',
        ...{ day, startedAt: startedAt.toISOString() },
        completedAt: this.clock.now().toISOString(),
        ...{ upTo: upTo.toString(), events, generations, payments, findings: found, unanswered },
      },
      context,
    );
    this.logger.info({ day, events, generations, payments, found, unanswered }, 'books audited');
  }

  /** Of all processes one. The connection is lost with the process, and the lock with it. */
  private async alone(work: () => Promise<void>): Promise<void> {
    const runner = this.dataSource.createQueryRunner();
    try {
      const [held] = await runner.query('select pg_try_advisory_lock($1) as ours', [LOCK]);
      if (held?.ours !== true) return;
      try {
        await work();
      } finally {
        await runner.query('select pg_advisory_unlock($1)', [LOCK]);
      }
    } finally {
      await runner.release();
    }
  }

  private report(error: unknown): void {
    this.logger.error({ err: error }, 'the nightly audit could not be made');
  }
}

function ofVerification({ position, where, problem }: LedgerVerification['findings'][number]) {
  const at = position === null ? [] : [{ kind: 'position', id: position.toString() }];
  return {
    check: 'ledgerVerification',
    subjects: [{ kind: 'stream', id: where }, ...at],
    message: problem,
  };
}

function ofClose(month: string): FoundThing {
  const message = 'its entries no longer add up to what it was closed with';
  return { check: 'closeDisagrees', subjects: [{ kind: 'month', id: month }], message };
}
