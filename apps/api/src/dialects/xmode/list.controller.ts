import {
  CLOCK,
  type Clock,
  EndUserDirectory,
  expiredBefore,
  GENERATION_INDEX,
  type GenerationFilter,
  type GenerationIndex,
} from '@imprest/application';
import { GenerationRecords } from '@imprest/generation-records';
import { Describes, ForTenant } from '@imprest/platform';
import { Controller, Get, Inject, Injectable, Query, Req } from '@nestjs/common';
import { RouteSchema } from '@nestjs/platform-fastify';
import type { FastifyRequest } from 'fastify';
import { principalOf } from '../../http/context.js';
import { pageLimit, time } from '../../http/page-limit.js';
import { schemaFromClass } from '../../http/schema-from-class.js';
import { generationListOperations } from '../../openapi/operations/generations.js';
import { DIALECT } from './generations.controller.js';
import { ListQuery } from './requests.js';

const listQuery = schemaFromClass(ListQuery);

/** Pages of records, shared by the list and by the view of one end user. */
@Injectable()
export class RecordLists {
  constructor(
    private readonly records: GenerationRecords,
    private readonly endUsers: EndUserDirectory,
    @Inject(GENERATION_INDEX) private readonly index: GenerationIndex,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async page(tenantId: string, query: ListQuery) {
    const email = query.endUserEmail?.toLowerCase();
    const filter: GenerationFilter = {
      tenantId,
      endUserId: email === undefined ? undefined : this.endUsers.pseudonym(tenantId, email),
      status: query.status,
      model: query.model,
      id: query.id,
      from: time('from', query.from),
      to: time('to', query.to),
      sort: query.sort,
      cursor: query.cursor,
      limit: pageLimit(query.limit),
      expiredBefore: expiredBefore(this.clock.now()),
    };
    const { items, nextCursor } = await this.index.list(filter);
    return { generations: await this.records.renderAll(items), nextCursor };
  }
}

@Controller('v1/generations')
@Describes(generationListOperations)
export class XmodeListController {
  constructor(private readonly lists: RecordLists) {}

  @Get()
  @ForTenant('generations:read', 'polling', DIALECT)
  @RouteSchema({ querystring: listQuery })
  list(@Query() query: ListQuery, @Req() request: FastifyRequest) {
    return this.lists.page(principalOf(request).tenantId, query);
  }
}
