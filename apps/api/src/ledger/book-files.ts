import {
  CLOCK,
  type Clock,
  closedMonth,
  DomainFailure,
  EVENT_STORE,
  type EventStore,
  periodCloses,
} from '@imprest/application';
import { domainError, type Month, type PeriodBounds, validationError } from '@imprest/domain';
import {
  formatTypes,
  type JournalFormat,
  journalText,
  monthlyStatement,
  StatementTooLong,
  statementCsv,
  statementLines,
  statementPdf,
} from '@imprest/ledger-exports';
import { LedgerQueries, RevenueQueries, TenancyQueries } from '@imprest/read-models';
import { Inject, Injectable } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { textStream } from '../http/text-stream.js';
import { revenueView } from './revenue-view.js';

export interface ExportRange {
  /** Inclusive. */
  readonly from?: Month;
  /** Inclusive. */
  readonly to?: Month;
  /** All of them when absent. */
  readonly tenantId?: string;
}

export type StatementFormat = 'json' | 'csv' | 'pdf';

const ISSUER = 'Imprest';

/** Answers that are files: they are sent as they are read, however long they get. */
@Injectable()
export class BookFiles {
  constructor(
    @Inject(EVENT_STORE) private readonly eventStore: EventStore,
    @Inject(CLOCK) private readonly clock: Clock,
    private readonly ledger: LedgerQueries,
    private readonly revenue: RevenueQueries,
    private readonly tenancy: TenancyQueries,
  ) {}

  /** @throws DomainFailure */
  async journal(reply: FastifyReply, format: JournalFormat, range: ExportRange): Promise<void> {
    const { from, to, tenantId } = range;
    if (from !== undefined && to !== undefined && from > to) {
      throw new DomainFailure(validationError('to', 'must not be before from'));
    }
    const closed = (await periodCloses(this.eventStore)).map(closedMonth);
    const pages = this.ledger.export({ closed, ...range });
    const listPrice =
      format === 'focus' ? await this.ledger.listPrices({ tenantId }) : () => undefined;
    const text = journalText(format, pages, { provider: ISSUER, listPrice });
    const { mediaType, ending } = formatTypes[format];
    const months = [from, to].filter((month) => month !== undefined).join('-to-');
    const name = ['journal', tenantId, months].filter((part) => part).join('-');
    this.file(reply, `${mediaType}; charset=utf-8`, `${name}.${ending}`);
    reply.send(textStream(reply, text));
  }

  /** @throws DomainFailure not_found, payload_too_large for a PDF without end */
  async statement(
    reply: FastifyReply,
    format: StatementFormat,
    tenantId: string,
    bounds: PeriodBounds,
  ): Promise<void> {
    const tenant = await this.tenancy.tenant(tenantId);
    if (tenant === undefined) {
      throw new DomainFailure(domainError('not_found', `there is no tenant ${tenantId}`));
    }
    const { month } = bounds;
    const closed = (await periodCloses(this.eventStore)).map(closedMonth);
    const sums = await this.revenue.month(bounds, tenantId);
    const statement = monthlyStatement(tenantId, month, bounds.upTo !== undefined, sums);
    if (format === 'json') {
      const { opening, closing } = statement;
      const ends = { opening: opening.toString(), closing: closing.toString() };
      reply.send({ ...statement, ...ends, sums: sums.map(revenueView) });
      return;
    }
    const scope = { closed, from: month, to: month, tenantId };
    const lines = statementLines(statement, this.ledger.export(scope));
    if (format === 'csv') {
      this.file(reply, 'text/csv; charset=utf-8', `statement-${tenantId}-${month}.csv`);
      reply.send(textStream(reply, statementCsv(statement, lines)));
      return;
    }
    const madeAt = this.clock.now().toISOString();
    const options = { issuer: ISSUER, tenantName: tenant.name, madeAt };
    const pdf = await statementPdf(statement, lines, options).catch(tooLong);
    this.file(reply, 'application/pdf', `statement-${tenantId}-${month}.pdf`);
    reply.send(Buffer.from(pdf));
  }

  private file(reply: FastifyReply, type: string, name: string): void {
    reply.header('content-type', type);
    reply.header('content-disposition', `attachment; filename="${name}"`);
  }
}

function tooLong(error: unknown): never {
  if (!(error instanceof StatementTooLong)) throw error;
  throw new DomainFailure(domainError('payload_too_large', error.message));
}
