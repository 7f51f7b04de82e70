import { Describes, OperatorOnly } from '@imprest/platform';
import { Controller, Get, Query } from '@nestjs/common';
import { RouteSchema } from '@nestjs/platform-fastify';
import { IsString, Matches } from 'class-validator';
import { schemaFromClass } from '../../http/schema-from-class.js';
import { findAnythingOperations } from '../../openapi/operations/find-anything.js';
import { Anything } from './anything.js';

class FindAnythingQuery {
  @IsString()
  @Matches(/^[\x20-\x7e]{1,254}$/)
  id!: string;
}

/** What a pasted id belongs to, of any tenant or of none. */
@Controller('admin/v1/find')
@Describes(findAnythingOperations)
export class FindAnythingController {
  constructor(private readonly anything: Anything) {}

  @Get()
  @OperatorOnly('any')
  @RouteSchema({ querystring: schemaFromClass(FindAnythingQuery) })
  async find(@Query() { id }: FindAnythingQuery) {
    const text = id.trim();
    return { found: text === '' ? [] : await this.anything.find(text) };
  }
}
