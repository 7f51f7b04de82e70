import { Describes, ForTenant } from '@imprest/platform';
import { LedgerQueries } from '@imprest/read-models';
import { Controller, Get, Query, Req, Res } from '@nestjs/common';
import { RouteSchema } from '@nestjs/platform-fastify';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { listAnswer } from '../../admin/ledger/tabular-answer.js';
import { principalOf } from '../../http/context.js';
import { time } from '../../http/page-limit.js';
import { schemaFromClass } from '../../http/schema-from-class.js';
import { statementOperations } from '../../openapi/operations/account.js';
import { DIALECT } from './generations.controller.js';

import { StatementQuery } from './requests.js';
import { entryColumns } from './statement-columns.js';

const LIMITS = [20, 100] as const;

@Controller('v1/ledger')
@Describes(statementOperations)
export class XmodeStatementController {
  constructor(private readonly ledger: LedgerQueries) {}

  /** The tenant's own statement, newest entry first unless asked otherwise. */
  @Get('entries')
  @ForTenant('ledger:read', 'polling', DIALECT)
  @RouteSchema({ querystring: schemaFromClass(StatementQuery) })
  async entries(
    @Query() query: StatementQuery,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const { tenantId } = principalOf(request);
    const { generationId, sort } = query;
    const [from, to] = [time('from', query.from), time('to', query.to)];
    const filter = { tenantId, generationId, from, to, sort };
    return listAnswer(request, reply, {
      ...{ query, limits: LIMITS },
      page: (at) => this.ledger.entries({ ...filter, ...at }),
      json: ({ items: entries, nextCursor }) => ({ entries, nextCursor }),
      csv: { name: 'ledger-entries', columns: entryColumns, rows: (items) => items },
    });
  }
}
