import { DomainFailure } from '@imprest/application';
import { domainError } from '@imprest/domain';
import { Describes, OperatorOnly } from '@imprest/platform';
import { Controller, Delete, Get, HttpCode, Param, Post, Req } from '@nestjs/common';
import { IsBoolean, IsOptional } from 'class-validator';
import type { FastifyRequest } from 'fastify';
import { CheckedBody } from '../../http/checked-body.js';
import { operatorContext } from '../../http/context.js';
import { projectionOperations } from '../../openapi/operations/projections.js';
import { ReasonBody } from '../requests.js';
import { ProjectionDesk } from './projection-desk.js';

class RebuildBody extends ReasonBody {
  /** Throws away what an earlier build has left. */
  @IsOptional()
  @IsBoolean()
  restart?: boolean;
}

const PROJECTION = /^[a-z][a-z-]{0,39}$/;

const PathProjection = () =>
  Param('projection', {
    transform(value: string): string {
      if (PROJECTION.test(value)) return value;
      throw new DomainFailure(domainError('not_found', 'there is no such projection'));
    },
  });

const ordered = (request: FastifyRequest, { reason }: ReasonBody) => ({
  context: operatorContext(request),
  reason,
});

/** What is read from events, and making it anew. */
@Controller('admin/v1/projections')
@Describes(projectionOperations)
export class ProjectionsController {
  constructor(private readonly desk: ProjectionDesk) {}

  @Get()
  @OperatorOnly()
  list() {
    return this.desk.list();
  }

  @Get(':projection/rebuild')
  @OperatorOnly()
  progress(@PathProjection() name: string) {
    return this.desk.progress(name);
  }

  @Post(':projection/rebuild')
  @HttpCode(202)
  @OperatorOnly()
  rebuild(
    @PathProjection() name: string,
    @CheckedBody() body: RebuildBody,
    @Req() request: FastifyRequest,
  ) {
    return this.desk.rebuild(name, body.restart ?? false, ordered(request, body));
  }

  @Delete(':projection/rebuild')
  @HttpCode(204)
  @OperatorOnly()
  abandon(
    @PathProjection() name: string,
    @CheckedBody() body: ReasonBody,
    @Req() request: FastifyRequest,
  ): Promise<void> {
    return this.desk.abandon(name, ordered(request, body));
  }

  @Post(':projection/diff')
  @HttpCode(200)
  @OperatorOnly()
  diff(@PathProjection() name: string, @Req() request: FastifyRequest) {
    return this.desk.diff(name, { context: operatorContext(request), reason: null });
  }

  @Post(':projection/switch')
  @HttpCode(200)
  @OperatorOnly()
  switchOver(
    @PathProjection() name: string,
    @CheckedBody() body: ReasonBody,
    @Req() request: FastifyRequest,
  ) {
    return this.desk.switchOver(name, ordered(request, body));
  }

  @Post(':projection/rollback')
  @HttpCode(200)
  @OperatorOnly()
  rollBack(
    @PathProjection() name: string,
    @CheckedBody() body: ReasonBody,
    @Req() request: FastifyRequest,
  ) {
    return this.desk.rollBack(name, ordered(request, body));
  }
}
