import {
  type BreakerStanding,
  CloseModelBreaker,
  DomainFailure,
  ModelBreakers,
} from '@imprest/application';
import { domainError } from '@imprest/domain';
import { Describes, OperatorOnly } from '@imprest/platform';
import { Controller, Get, HttpCode, Param, Post, Req } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import type { FastifyRequest } from 'fastify';
import { CheckedBody } from '../../http/checked-body.js';
import { operatorContext } from '../../http/context.js';
import { MODEL_ALIAS } from '../../http/id-patterns.js';
import { modelBreakerOperations } from '../../openapi/operations/work.js';
import { ReasonBody } from '../requests.js';

const PathModel = () =>
  Param('model', {
    transform(value: string): string {
      if (MODEL_ALIAS.test(value)) return value;
      throw new DomainFailure(domainError('not_found', 'there is no such model'));
    },
  });

function view({ model, status, reason, probeAt, probe }: BreakerStanding) {
  return { model, status, reason, probeAt, probe };
}

/** Which models get no work because they fail too often. */
@Controller('admin/v1/model-breakers')
@Describes(modelBreakerOperations)
export class ModelBreakersController {
  constructor(
    private readonly breakers: ModelBreakers,
    private readonly commands: CommandBus,
  ) {}

  @Get()
  @OperatorOnly()
  async list() {
    return { breakers: (await this.breakers.all()).map(view) };
  }

  @Post(':model/close')
  @HttpCode(200)
  @OperatorOnly()
  async close(
    @PathModel() model: string,
    @CheckedBody() { reason }: ReasonBody,
    @Req() request: FastifyRequest,
  ) {
    const command = new CloseModelBreaker(model, reason, operatorContext(request));
    return view(await this.commands.execute(command));
  }
}
