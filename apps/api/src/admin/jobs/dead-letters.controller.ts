import { DomainFailure, RedriveInBulk } from '@imprest/application';
import { domainError, validationError } from '@imprest/domain';
import { Describes, OperatorOnly } from '@imprest/platform';
import { DeadLetterQueries, type DeadLetterSelection } from '@imprest/read-models';
import { Controller, Get, HttpCode, Post, Query, Req } from '@nestjs/common';
import { RouteSchema } from '@nestjs/platform-fastify';
import type { FastifyRequest } from 'fastify';
import { CheckedBody } from '../../http/checked-body.js';
import { operatorContext } from '../../http/context.js';
import { pageLimit } from '../../http/page-limit.js';
import { PathId } from '../../http/path-id.js';
import { schemaFromClass } from '../../http/schema-from-class.js';
import { deadLetterOperations } from '../../openapi/operations/dead-letters.js';
import { DeadLettersQuery, MOST_REDRIVES, RedriveBody } from './requests.js';

type Selecting = Pick<RedriveBody, 'tenantId' | 'model' | 'class' | 'since'>;

function selectionOf({ tenantId, model, class: failureClass, since }: Selecting) {
  const selection: DeadLetterSelection = {
    ...{ tenantId, model, failureClass },
    since: since === undefined ? undefined : new Date(since),
  };
  return selection;
}

/** Work that has failed for good, and doing it once more. */
@Controller('admin/v1/dead-letters')
@Describes(deadLetterOperations)
export class DeadLettersController {
  constructor(
    private readonly letters: DeadLetterQueries,
    private readonly redrives: RedriveInBulk,
  ) {}

  @Get()
  @OperatorOnly()
  @RouteSchema({ querystring: schemaFromClass(DeadLettersQuery) })
  async list(@Query() { sort, cursor, limit, redriven, ...selecting }: DeadLettersQuery) {
    const page = await this.letters.list({
      ...selectionOf(selecting),
      ...(redriven !== undefined && { redriven: redriven === 'true' }),
      ...{ sort, cursor },
      limit: pageLimit(limit),
    });
    return { deadLetters: page.items, nextCursor: page.nextCursor };
  }

  @Get(':id')
  @OperatorOnly()
  async get(@PathId('id') id: string) {
    const letter = await this.letters.find(id);
    if (letter !== undefined) return letter;
    throw new DomainFailure(domainError('not_found', `${id} is not dead-lettered`));
  }

  @Post('redrive')
  @HttpCode(200)
  @OperatorOnly()
  async redrive(
    @CheckedBody() { ids, reason, ...selecting }: RedriveBody,
    @Req() request: FastifyRequest,
  ) {
    const isSelection = Object.values(selecting).some((value) => value !== undefined);
    if ((ids === undefined) !== isSelection) {
      const rule = 'or one of tenantId, model, class and since must be there, not both';
      throw new DomainFailure(validationError('ids', rule));
    }
    const chosen = ids ?? (await this.letters.waiting(selectionOf(selecting), MOST_REDRIVES));
    return this.redrives.redrive(chosen, reason, operatorContext(request));
  }
}
