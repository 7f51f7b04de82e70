import { AccountingPeriods } from '@imprest/application';
import { Describes, OperatorOnly } from '@imprest/platform';
import { FindingQueries } from '@imprest/read-models';
import { Controller, Get, Query, Res } from '@nestjs/common';
import { RouteSchema } from '@nestjs/platform-fastify';
import type { FastifyReply } from 'fastify';
import { pageLimit } from '../../http/page-limit.js';
import { schemaFromClass } from '../../http/schema-from-class.js';
import { BookFiles } from '../../ledger/book-files.js';
import { exportOperations } from '../../openapi/operations/ledger.js';
import { ExportQuery, FindingsQuery, StatementQuery } from './requests.js';

/** The books to take away, statements of tenants, and what checks have found. */
@Controller('admin/v1/ledger')
@Describes(exportOperations)
export class ExportsController {
  constructor(
    private readonly files: BookFiles,
    private readonly findings: FindingQueries,
    private readonly periods: AccountingPeriods,
  ) {}

  @Get('export')
  @OperatorOnly('finance')
  @RouteSchema({ querystring: schemaFromClass(ExportQuery) })
  async export(@Query() { format, from, to, tenantId }: ExportQuery, @Res() reply: FastifyReply) {
    await this.files.journal(reply, format, { from, to, tenantId });
  }

  @Get('statement')
  @OperatorOnly('finance')
  @RouteSchema({ querystring: schemaFromClass(StatementQuery) })
  async statement(
    @Query() { tenantId, month, format }: StatementQuery,
    @Res() reply: FastifyReply,
  ) {
    const bounds = await this.periods.bounds(month);
    await this.files.statement(reply, format ?? 'json', tenantId, bounds);
  }

  @Get('findings')
  @OperatorOnly('finance')
  @RouteSchema({ querystring: schemaFromClass(FindingsQuery) })
  async list(@Query() { limit, ...filter }: FindingsQuery) {
    const page = { ...filter, limit: pageLimit(limit) };
    const { items, nextCursor } = await this.findings.list(page);
    return { findings: items, nextCursor };
  }
}
