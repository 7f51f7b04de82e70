import { Describes, ForTenant } from '@imprest/platform';
import { Controller, Get, Query, Req } from '@nestjs/common';
import { RouteSchema } from '@nestjs/platform-fastify';
import { IsString, MaxLength, MinLength } from 'class-validator';
import type { FastifyRequest } from 'fastify';
import { principalOf } from '../http/context.js';
import { schemaFromClass } from '../http/schema-from-class.js';
import { findOperations } from '../openapi/operations/find.js';
import { Things } from './things.js';

class FindQuery {
  @IsString()
  @MinLength(1)
  @MaxLength(254)
  id!: string;
}

/** What a pasted id belongs to. Whoever may see an account may ask; what else he may not see he is not told of. */
@Controller('v1/find')
@Describes(findOperations)
export class FindController {
  constructor(private readonly things: Things) {}

  @Get()
  @ForTenant('balance:read')
  @RouteSchema({ querystring: schemaFromClass(FindQuery) })
  async find(@Query() { id }: FindQuery, @Req() request: FastifyRequest) {
    return { found: await this.things.find(principalOf(request), id.trim()) };
  }
}
