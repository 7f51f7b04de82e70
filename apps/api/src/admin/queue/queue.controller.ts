import { Describes, OperatorOnly } from '@imprest/platform';
import { Controller, Get, Query } from '@nestjs/common';
import { RouteSchema } from '@nestjs/platform-fastify';
import { IsOptional, IsString, Matches } from 'class-validator';
import { CHOSEN_ID, MODEL_ALIAS } from '../../http/id-patterns.js';
import { pageLimit } from '../../http/page-limit.js';
import { PageQuery } from '../../http/page-query.js';
import { schemaFromClass } from '../../http/schema-from-class.js';
import { queueOperations } from '../../openapi/operations/overview.js';
import { FairShareQueue } from './fair-share-queue.js';

class QueueQuery extends PageQuery {
  @IsOptional()
  @IsString()
  @Matches(CHOSEN_ID)
  tenantId?: string;

  @IsOptional()
  @IsString()
  @Matches(MODEL_ALIAS)
  model?: string;
}

@Controller('admin/v1/queue')
@Describes(queueOperations)
export class QueueController {
  constructor(private readonly queue: FairShareQueue) {}

  @Get()
  @OperatorOnly()
  @RouteSchema({ querystring: schemaFromClass(QueueQuery) })
  list(@Query() { limit, ...selection }: QueueQuery) {
    return this.queue.page({ ...selection, limit: pageLimit(limit) });
  }
}
