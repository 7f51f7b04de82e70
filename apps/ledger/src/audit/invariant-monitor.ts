import {
  AuditFindings,
  CLOCK,
  type Clock,
  type CommandContext,
  EVENT_STORE,
  type EventStore,
  findingId,
  PeriodicTask,
} from '@imprest/application';
import { DATA_SOURCE, HealthNotes, LOGGER, Metrics } from '@imprest/platform';
import {
  FindingQueries,
  type InvariantReport,
  invariants,
  type Violation,
} from '@imprest/read-models';
import { Inject, Injectable } from '@nestjs/common';
import type { Logger } from 'pino';
import type { DataSource } from 'typeorm';

const EVERY_MS = 2_000;
/** Looking takes no more than this part of the time, however large the books are. */
const MOST_OF_TIME = 0.1;
/** Facts younger than this may still be waiting for their counterpart. */
const PATIENCE_MS = 60_000;

const context: CommandContext = {
  correlationId: 'invariant-monitor',
  causationId: 'invariant-monitor',
  actor: { kind: 'system', id: 'invariant-monitor' },
};

/**
 * Looks at what must always hold, all the time. A breach is a metric, a log line and an event that name what to
 * look at, and the ledger's health is degraded while it is there.
 */
@Injectable()
export class InvariantMonitor {
  private readonly task = new PeriodicTask(EVERY_MS, () => this.turn(), this.report.bind(this));
  /** Findings that are open, with their check. */
  private open: Map<string, string> | undefined;
  private restUntilMs = 0;
  private checkedUpTo: bigint | undefined;

  constructor(
    @Inject(DATA_SOURCE) private readonly dataSource: DataSource,
    @Inject(EVENT_STORE) private readonly eventStore: EventStore,
    private readonly queries: FindingQueries,
    private readonly findings: AuditFindings,
    private readonly metrics: Metrics,
    private readonly health: HealthNotes,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  start(): void {
    this.task.start();
  }

  stop(): Promise<void> {
    return this.task.stop();
  }

  async check(): Promise<InvariantReport> {
    const found = await invariants(this.dataSource, {
      before: new Date(this.clock.now().getTime() - PATIENCE_MS),
      eventStore: this.eventStore,
      checkedUpTo: this.checkedUpTo,
    });
    this.checkedUpTo = found.checkedUpTo;
    this.tell(found);
    await this.putOnRecord(found);
    return found;
  }

  private async turn(): Promise<void> {
    const startMs = performance.now();
    if (startMs < this.restUntilMs) return;
    await this.check();
    const endMs = performance.now();
    this.restUntilMs = endMs + (endMs - startMs) / MOST_OF_TIME;
  }

  private tell({ counts, gauges }: InvariantReport): void {
    for (const [invariant, breaches] of Object.entries(counts)) {
      this.metrics.invariants.set({ invariant }, breaches);
    }
    for (const [state, count] of Object.entries(gauges)) {
      this.metrics.openWork.set({ state }, count);
    }
    const broken = Object.fromEntries(
      Object.entries(counts).filter(([, breaches]) => breaches > 0),
    );
    this.health.set('ledger', Object.keys(broken).length > 0 ? { broken } : undefined);
  }

  private async putOnRecord({ counts, violations }: InvariantReport): Promise<void> {
    const open = await this.openFindings();
    const seen = new Set<string>();
    for (const violation of violations) {
      const id = findingId({ check: violation.invariant, subjects: violation.subjects });
      seen.add(id);
      if (!open.has(id)) await this.opened(id, violation, open);
    }
    for (const [id, check] of open) {
      const sampled = violations.filter(({ invariant }) => invariant === check).length;
      const isGone = !seen.has(id) && sampled >= (counts[check as keyof typeof counts] ?? 0);
      if (isGone) await this.resolved(id, check, open);
    }
  }

  private async opened(
    id: string,
    { invariant, subjects, message }: Violation,
    open: Map<string, string>,
  ): Promise<void> {
    this.logger.error(
      { finding: id, invariant, subjects, breach: message },
      'an invariant is broken',
    );
    await this.findings.open('invariant', { check: invariant, subjects, message }, context);
    open.set(id, invariant);
  }

  private async resolved(id: string, check: string, open: Map<string, string>): Promise<void> {
    await this.findings.resolve(id, context);
    open.delete(id);
    this.logger.info({ finding: id, invariant: check }, 'a broken invariant holds again');
  }

  private async openFindings(): Promise<Map<string, string>> {
    if (this.open === undefined) {
      const known = await this.queries.open('invariant');
      this.open = new Map(known.map(({ id, check }) => [id, check]));
    }
    return this.open;
  }

  private report(error: unknown): void {
    const unchecked = error instanceof Error ? error.message : String(error);
    this.health.set('ledger', { unchecked });
    this.logger.warn({ err: error }, 'invariants could not be checked');
  }
}
