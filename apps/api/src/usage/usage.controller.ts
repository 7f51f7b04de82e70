import { DomainFailure } from '@imprest/application';
import { validationError } from '@imprest/domain';
import { Describes, ForTenant } from '@imprest/platform';
import { type UsageDimension, UsageQueries } from '@imprest/read-models';
import { Controller, Get, Query, Req, Res } from '@nestjs/common';
import { RouteSchema } from '@nestjs/platform-fastify';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { listAnswer } from '../admin/ledger/tabular-answer.js';
import { principalOf } from '../http/context.js';
import { schemaFromClass } from '../http/schema-from-class.js';
import { usageOperations } from '../openapi/operations/usage.js';
import { UsageQuery } from './requests.js';
import { usageAnswer, usageColumns } from './usage-answer.js';
import { UsageGroups } from './usage-groups.js';

const LIMITS = [100, 1_000] as const;

/** @throws DomainFailure for a dimension that is named twice */
function dimensions(text: string | undefined): readonly UsageDimension[] {
  const named = (text ?? 'day').split(',') as UsageDimension[];
  if (new Set(named).size === named.length) return named;
  throw new DomainFailure(validationError('groupBy', 'must name each dimension once'));
}

@Controller('v1/usage')
@Describes(usageOperations)
export class UsageController {
  constructor(
    private readonly usage: UsageQueries,
    private readonly groups: UsageGroups,
  ) {}

  @Get()
  @ForTenant('ledger:read')
  @RouteSchema({ querystring: schemaFromClass(UsageQuery) })
  async report(
    @Query() query: UsageQuery,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const { from, to } = query;
    const principal = principalOf(request);
    const { tenantId } = principal;
    const groupBy = dimensions(query.groupBy);
    return listAnswer(request, reply, {
      ...{ query, limits: LIMITS },
      page: async (at) => {
        const page = await this.usage.report({ tenantId, from, to, groupBy, ...at });
        return { ...page, items: await this.groups.of(principal, page.items) };
      },
      json: ({ items, nextCursor }) => ({ usage: items.map(usageAnswer), nextCursor }),
      csv: { name: 'usage', columns: usageColumns(groupBy), rows: (items) => items },
    });
  }
}
