import { Describes, OperatorOnly } from '@imprest/platform';
import { LedgerQueries } from '@imprest/read-models';
import { Controller, Get, Query } from '@nestjs/common';
import { RouteSchema } from '@nestjs/platform-fastify';
import { IsOptional, IsString, Matches } from 'class-validator';
import { schemaFromClass } from '../http/schema-from-class.js';
import { ledgerOperations } from '../openapi/operations/ledger.js';

class TrialBalanceQuery {
  @IsOptional()
  @IsString()
  @Matches(/^[a-z0-9][a-z0-9_]{1,62}$/)
  tenantId?: string;
}

@Controller('admin/v1/ledger')
@Describes(ledgerOperations)
export class LedgerController {
  constructor(private readonly ledger: LedgerQueries) {}

  /** Sums of all accounts by class, of one tenant or of all. The total is 0, or the books are wrong. */
  @Get('trial-balance')
  @OperatorOnly()
  @RouteSchema({ querystring: schemaFromClass(TrialBalanceQuery) })
  trialBalance(@Query() { tenantId }: TrialBalanceQuery) {
    return this.ledger.trialBalance({ tenantId });
  }
}
