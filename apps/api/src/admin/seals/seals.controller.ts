import { DomainFailure } from '@imprest/application';
import { domainError } from '@imprest/domain';
import { Describes, OperatorOnly } from '@imprest/platform';
import { SealQueries, type Sort } from '@imprest/read-models';
import { Controller, Get, HttpCode, Post, Query, Req } from '@nestjs/common';
import { RouteSchema } from '@nestjs/platform-fastify';
import { IsBoolean, IsOptional, IsString, MaxLength, MinLength } from 'class-validator';
import type { FastifyRequest } from 'fastify';
import { CheckedBody } from '../../http/checked-body.js';
import { operatorContext } from '../../http/context.js';
import { pageLimit } from '../../http/page-limit.js';
import { PageQuery, SortBy } from '../../http/page-query.js';
import { PathId } from '../../http/path-id.js';
import { schemaFromClass } from '../../http/schema-from-class.js';
import { sealOperations } from '../../openapi/operations/seals.js';
import { OperatorRuns, runView } from '../background/operator-runs.js';
import { VERIFICATION, Verifications } from './verifications.js';

class VerificationBody {
  /** Leaves the replay out: chains, seals and zero sums alone. */
  @IsOptional()
  @IsBoolean()
  chainsOnly?: boolean;

  @IsOptional()
  @IsString()
  @MinLength(1)
  @MaxLength(500)
  reason?: string;
}

class SealsQuery extends PageQuery {
  @SortBy('number')
  sort?: Sort<'number'>;
}

class VerificationsQuery extends PageQuery {
  @SortBy('startedAt')
  sort?: Sort<'startedAt'>;
}

/** What proves that the books were never changed. */
@Controller('admin/v1/ledger')
@Describes(sealOperations)
export class SealsController {
  constructor(
    private readonly seals: SealQueries,
    private readonly verifications: Verifications,
    private readonly runs: OperatorRuns,
  ) {}

  @Get('seals')
  @OperatorOnly('finance')
  @RouteSchema({ querystring: schemaFromClass(SealsQuery) })
  async list(@Query() { limit, ...page }: SealsQuery) {
    const { items, nextCursor } = await this.seals.list({ ...page, limit: pageLimit(limit) });
    return { seals: items, nextCursor };
  }

  @Post('verifications')
  @HttpCode(202)
  @OperatorOnly('finance')
  async verify(
    @CheckedBody() { chainsOnly = false, reason = undefined }: VerificationBody,
    @Req() request: FastifyRequest,
  ) {
    const context = operatorContext(request);
    return runView(await this.verifications.start(!chainsOnly, reason ?? null, context));
  }

  @Get('verifications')
  @OperatorOnly('finance')
  @RouteSchema({ querystring: schemaFromClass(VerificationsQuery) })
  async verified(@Query() { limit, ...asked }: VerificationsQuery) {
    const page = await this.runs.table.list(VERIFICATION, { ...asked, limit: pageLimit(limit) });
    return { verifications: page.items.map(runView), nextCursor: page.nextCursor };
  }

  @Get('verifications/:verificationId')
  @OperatorOnly('finance')
  async verification(@PathId('verificationId') id: string) {
    const run = await this.runs.table.find(id);
    if (run?.kind === VERIFICATION) return runView(run);
    throw new DomainFailure(domainError('not_found', `there is no verification ${id}`));
  }
}
