import { type ParkedStream, Parking } from '@imprest/application';
import { Describes, OperatorOnly } from '@imprest/platform';
import { Controller, Get, HttpCode, Post, Query, Req } from '@nestjs/common';
import { RouteSchema } from '@nestjs/platform-fastify';
import { IsOptional, IsString, Matches } from 'class-validator';
import type { FastifyRequest } from 'fastify';
import { CheckedBody } from '../http/checked-body.js';
import { operatorContext } from '../http/context.js';
import { pageLimit } from '../http/page-limit.js';
import { PageQuery, SortBy } from '../http/page-query.js';
import { PathId } from '../http/path-id.js';
import { schemaFromClass } from '../http/schema-from-class.js';
import { parkedOperations } from '../openapi/operations/parked.js';
import { ReasonBody } from './requests.js';

class ParkedQuery extends PageQuery {
  @IsOptional()
  @IsString()
  @Matches(/^[a-z][a-z0-9-]{0,62}$/)
  consumer?: string;

  @SortBy('parkedAt')
  sort?: 'parkedAt' | '-parkedAt';
}

function view({ request, parkedAt, released: _, ...parked }: ParkedStream) {
  const asked = request && { ...request, at: request.at.toISOString() };
  return { ...parked, parkedAt: parkedAt.toISOString(), request: asked };
}

/** Events that a consumer cannot process, and what staff decides about them. */
@Controller('admin/v1/parked')
@Describes(parkedOperations)
export class ParkedController {
  constructor(private readonly parking: Parking) {}

  @Get()
  @OperatorOnly()
  @RouteSchema({ querystring: schemaFromClass(ParkedQuery) })
  async list(@Query() { limit, ...filter }: ParkedQuery) {
    const page = await this.parking.list({ ...filter, limit: pageLimit(limit) });
    return { parked: page.items.map(view), nextCursor: page.nextCursor };
  }

  @Post(':parkedId/retry')
  @HttpCode(202)
  @OperatorOnly()
  async retry(
    @PathId('parkedId') id: string,
    @CheckedBody() { reason }: ReasonBody,
    @Req() request: FastifyRequest,
  ) {
    return view(await this.parking.retry(id, reason, operatorContext(request)));
  }

  @Post(':parkedId/skip')
  @HttpCode(202)
  @OperatorOnly()
  async skip(
    @PathId('parkedId') id: string,
    @CheckedBody() { reason }: ReasonBody,
    @Req() request: FastifyRequest,
  ) {
    return view(await this.parking.skip(id, reason, operatorContext(request)));
  }
}
