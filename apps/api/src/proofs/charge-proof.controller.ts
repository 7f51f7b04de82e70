import { DomainFailure, EVENT_STORE, type EventStore, ownGeneration } from '@imprest/application';
import { domainError } from '@imprest/domain';
import { chargeProofToJson } from '@imprest/ledger-seal';
import { Describes, ForTenant, nativeDialect } from '@imprest/platform';
import { ChargeProofs } from '@imprest/read-models';
import { Controller, Get, Inject, Param, Req } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { principalOf } from '../http/context.js';
import { chargeProofOperations } from '../openapi/operations/proofs.js';

@Controller('v1/generations')
@Describes(chargeProofOperations)
export class ChargeProofController {
  constructor(
    @Inject(EVENT_STORE) private readonly store: EventStore,
    private readonly proofs: ChargeProofs,
  ) {}

  /** What the tenant's generation was charged and why, to be checked without asking again. */
  @Get(':id/proof')
  @ForTenant('ledger:read', 'polling', nativeDialect)
  async proof(@Param('id') id: string, @Req() request: FastifyRequest): Promise<object> {
    const { id: generationId } = await ownGeneration(this.store, principalOf(request).tenantId, id);
    const proof = await this.proofs.of(generationId);
    if (proof === undefined) {
      throw new DomainFailure(domainError('not_found', `there is no generation ${id}`));
    }
    return chargeProofToJson(proof);
  }
}
