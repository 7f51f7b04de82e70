import { AccountingPeriods } from '@imprest/application';
import { Describes, ForTenant } from '@imprest/platform';
import { LedgerQueries } from '@imprest/read-models';
import { Controller, Get, Query, Req, Res } from '@nestjs/common';
import { RouteSchema } from '@nestjs/platform-fastify';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { principalOf } from '../http/context.js';
import { schemaFromClass } from '../http/schema-from-class.js';
import { ownBooksOperations } from '../openapi/operations/own-books.js';
import { BookFiles } from './book-files.js';
import { OwnExportQuery, OwnStatementQuery } from './requests.js';

/** A tenant's own books: what it bought and was given, its months, and its costs for tools that add up costs. */
@Controller('v1/ledger')
@Describes(ownBooksOperations)
export class OwnBooksController {
  constructor(
    private readonly ledger: LedgerQueries,
    private readonly files: BookFiles,
    private readonly periods: AccountingPeriods,
  ) {}

  @Get('lots')
  @ForTenant('ledger:read')
  async lots(@Req() request: FastifyRequest) {
    return { lots: await this.ledger.lots(principalOf(request)) };
  }

  @Get('statement')
  @ForTenant('ledger:read')
  @RouteSchema({ querystring: schemaFromClass(OwnStatementQuery) })
  async statement(
    @Query() { month, format }: OwnStatementQuery,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ) {
    const { tenantId } = principalOf(request);
    const bounds = await this.periods.bounds(month);
    await this.files.statement(reply, format ?? 'json', tenantId, bounds);
  }

  @Get('export')
  @ForTenant('ledger:read')
  @RouteSchema({ querystring: schemaFromClass(OwnExportQuery) })
  async export(
    @Query() { format, from, to }: OwnExportQuery,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ) {
    const { tenantId } = principalOf(request);
    await this.files.journal(reply, format, { from, to, tenantId });
  }
}
