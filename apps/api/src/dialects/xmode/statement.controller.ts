import { Describes, ForTenant } from '@imprest/platform';
import { LedgerQueries } from '@imprest/read-models';
import { Controller, Get, Query, Req } from '@nestjs/common';
import { RouteSchema } from '@nestjs/platform-fastify';
import type { FastifyRequest } from 'fastify';
import { principalOf } from '../../http/context.js';
import { pageLimit, time } from '../../http/page-limit.js';
import { schemaFromClass } from '../../http/schema-from-class.js';
import { statementOperations } from '../../openapi/operations/account.js';
import { DIALECT } from './generations.controller.js';

import { StatementQuery } from './requests.js';

@Controller('v1/ledger')
@Describes(statementOperations)
export class XmodeStatementController {
  constructor(private readonly ledger: LedgerQueries) {}

  /** The tenant's own statement, newest entry first unless asked otherwise. */
  @Get('entries')
  @ForTenant('ledger:read', 'polling', DIALECT)
  @RouteSchema({ querystring: schemaFromClass(StatementQuery) })
  async entries(@Query() query: StatementQuery, @Req() request: FastifyRequest) {
    const { tenantId } = principalOf(request);
    const page = await this.ledger.entries({
      tenantId,
      generationId: query.generationId,
      from: time('from', query.from),
      to: time('to', query.to),
      sort: query.sort,
      cursor: query.cursor,
      limit: pageLimit(query.limit),
    });
    return { entries: page.items, nextCursor: page.nextCursor };
  }
}
