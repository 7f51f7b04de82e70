import { CLOCK, type Clock, ModerationDesk } from '@imprest/application';
import { Describes, OperatorOnly } from '@imprest/platform';
import { ModerationCaseQueries } from '@imprest/read-models';
import { Controller, Get, HttpCode, Inject, Post, Query, Req } from '@nestjs/common';
import { RouteSchema } from '@nestjs/platform-fastify';
import type { FastifyRequest } from 'fastify';
import { CheckedBody } from '../http/checked-body.js';
import { operatorContext } from '../http/context.js';
import { pageLimit, time } from '../http/page-limit.js';
import { PathId } from '../http/path-id.js';
import { schemaFromClass } from '../http/schema-from-class.js';
import { moderationCaseOperations } from '../openapi/operations/moderation.js';
import { CaseAnswers } from './case-answers.js';
import { CasesQuery, DecisionBody, ReopeningBody, ReportBody } from './requests.js';

/** What a person has to look at, and what was decided. */
@Controller('admin/v1/moderation/cases')
@Describes(moderationCaseOperations)
export class ModerationCasesController {
  constructor(
    private readonly desk: ModerationDesk,
    private readonly queries: ModerationCaseQueries,
    private readonly answers: CaseAnswers,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  @Get()
  @OperatorOnly('moderation')
  @RouteSchema({ querystring: schemaFromClass(CasesQuery) })
  async list(@Query() { limit, from, to, ...filter }: CasesQuery) {
    const page = await this.queries.list({
      ...filter,
      from: time('from', from),
      to: time('to', to),
      limit: pageLimit(limit),
    });
    const counts = await this.queries.counts(this.clock.now());
    return { cases: page.items, nextCursor: page.nextCursor, counts };
  }

  @Post()
  @OperatorOnly('moderation')
  async report(@CheckedBody() { generationId, note }: ReportBody, @Req() request: FastifyRequest) {
    const id = await this.desk.report(generationId, note, operatorContext(request));
    return this.answers.detail(id);
  }

  @Get(':id')
  @OperatorOnly('moderation')
  get(@PathId('id') id: string) {
    return this.answers.detail(id);
  }

  @Post(':id/decision')
  @HttpCode(200)
  @OperatorOnly('moderation')
  async decide(
    @PathId('id') id: string,
    @CheckedBody() { decision, reason, note }: DecisionBody,
    @Req() request: FastifyRequest,
  ) {
    await this.desk.decide(id, { decision, reason, note: note ?? null }, operatorContext(request));
    return this.answers.detail(id);
  }

  @Post(':id/reopen')
  @HttpCode(200)
  @OperatorOnly('moderation')
  async reopen(
    @PathId('id') id: string,
    @CheckedBody() { reason, note }: ReopeningBody,
    @Req() request: FastifyRequest,
  ) {
    await this.desk.reopen(id, reason, note ?? null, operatorContext(request));
    return this.answers.detail(id);
  }
}
