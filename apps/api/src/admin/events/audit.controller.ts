import { Describes, OperatorOnly } from '@imprest/platform';
import { AuditTrailQueries } from '@imprest/read-models';
import { Controller, Get, Query } from '@nestjs/common';
import { RouteSchema } from '@nestjs/platform-fastify';
import { pageLimit, time } from '../../http/page-limit.js';
import { schemaFromClass } from '../../http/schema-from-class.js';
import { auditOperations } from '../../openapi/operations/event-browser.js';
import { AuditQuery } from './requests.js';

/** What operators and members did. */
@Controller('admin/v1/audit')
@Describes(auditOperations)
export class AuditController {
  constructor(private readonly audit: AuditTrailQueries) {}

  @Get()
  @OperatorOnly('any')
  @RouteSchema({ querystring: schemaFromClass(AuditQuery) })
  async search(@Query() { since, until, limit, ...filter }: AuditQuery) {
    const { items, nextCursor } = await this.audit.search({
      ...filter,
      since: time('since', since),
      until: time('until', until),
      limit: pageLimit(limit),
    });
    return { entries: items, nextCursor };
  }
}
