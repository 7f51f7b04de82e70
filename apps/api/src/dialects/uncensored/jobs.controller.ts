import {
  DomainFailure,
  EVENT_STORE,
  type EventStore,
  idOfUuid,
  ownGeneration,
} from '@imprest/application';
import { domainError } from '@imprest/domain';
import { GenerationRecords, type UncensoredJob } from '@imprest/generation-records';
import { Describes, ForTenant } from '@imprest/platform';
import { Controller, Get, Inject, Param, Req } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { principalOf } from '../../http/context.js';
import { uncensoredJobOperations } from '../../openapi/operations/uncensored.js';
import { UNCENSORED } from './dialect.js';

@Controller('api/v1/images/generation/jobs')
@Describes(uncensoredJobOperations)
export class UncensoredJobsController {
  constructor(
    private readonly records: GenerationRecords,
    @Inject(EVENT_STORE) private readonly store: EventStore,
  ) {}

  @Get(':job_id')
  @ForTenant('generations:read', 'polling', UNCENSORED)
  async get(
    @Param('job_id') jobId: string,
    @Req() request: FastifyRequest,
  ): Promise<UncensoredJob> {
    const unknown = new DomainFailure(domainError('not_found', `there is no job ${jobId}`));
    const id = idOfUuid('req', jobId);
    if (id === undefined) throw unknown;
    const view = await ownGeneration(this.store, principalOf(request).tenantId, id).catch(
      (error: unknown) => {
        throw error instanceof DomainFailure ? unknown : error;
      },
    );
    const job = view.dialect === UNCENSORED.name ? await this.records.job(view) : undefined;
    if (job === undefined) throw unknown;
    return job;
  }
}
