import { ModerationDesk } from '@imprest/application';
import { Describes, OperatorOnly } from '@imprest/platform';
import { ModerationCaseQueries } from '@imprest/read-models';
import { Controller, Get, Post, Query, Req } from '@nestjs/common';
import { RouteSchema } from '@nestjs/platform-fastify';
import type { FastifyRequest } from 'fastify';
import { CheckedBody } from '../http/checked-body.js';
import { operatorContext } from '../http/context.js';
import { pageLimit } from '../http/page-limit.js';
import { schemaFromClass } from '../http/schema-from-class.js';
import { takedownOperations } from '../openapi/operations/moderation.js';
import { CaseAnswers } from './case-answers.js';
import { TakedownBody, TakedownsQuery } from './requests.js';

/** What was delivered, and is erased by a moderator. */
@Controller('admin/v1/moderation/takedowns')
@Describes(takedownOperations)
export class TakedownsController {
  constructor(
    private readonly desk: ModerationDesk,
    private readonly queries: ModerationCaseQueries,
    private readonly answers: CaseAnswers,
  ) {}

  @Get()
  @OperatorOnly('moderation')
  @RouteSchema({ querystring: schemaFromClass(TakedownsQuery) })
  async list(@Query() { limit, ...asked }: TakedownsQuery) {
    const page = { ...asked, limit: pageLimit(limit) };
    const { items, nextCursor } = await this.queries.list({ ...page, decision: 'takedown' });
    return { takedowns: items, nextCursor };
  }

  @Post()
  @OperatorOnly('moderation')
  async takeDown(
    @CheckedBody() { generationId, reason, note }: TakedownBody,
    @Req() request: FastifyRequest,
  ) {
    const verdict = { reason, note: note ?? null };
    const id = await this.desk.takeDown(generationId, verdict, operatorContext(request));
    return this.answers.detail(id);
  }
}
