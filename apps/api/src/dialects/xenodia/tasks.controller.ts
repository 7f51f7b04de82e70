import { DomainFailure, EVENT_STORE, type EventStore, ownGeneration } from '@imprest/application';
import { domainError } from '@imprest/domain';
import { GenerationRecords } from '@imprest/generation-records';
import { Describes, ForTenant } from '@imprest/platform';
import { Controller, Get, Inject, Param, Req } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { principalOf } from '../../http/context.js';
import { xenodiaTaskOperations } from '../../openapi/operations/xenodia.js';
import { XENODIA } from './dialect.js';
import { generationIdOf, type Task, toTask } from './mapping.js';

@Controller('v1/tasks')
@Describes(xenodiaTaskOperations)
export class XenodiaTasksController {
  constructor(
    private readonly records: GenerationRecords,
    @Inject(EVENT_STORE) private readonly store: EventStore,
  ) {}

  @Get(':id')
  @ForTenant('generations:read', 'polling', XENODIA)
  async get(@Param('id') id: string, @Req() request: FastifyRequest): Promise<Task> {
    const generationId = generationIdOf(id);
    if (generationId === undefined) throw unknown();
    const { tenantId } = principalOf(request);
    const view = await ownGeneration(this.store, tenantId, generationId).catch(reworded);
    const record = await this.records.render(view);
    if (record === undefined) throw unknown();
    return toTask(record, view.error);
  }
}

function unknown(): DomainFailure {
  return new DomainFailure(domainError('not_found', 'there is no such task'));
}

/** Callers of this dialect know no generations. */
function reworded(error: unknown): never {
  throw error instanceof DomainFailure && error.error.code === 'not_found' ? unknown() : error;
}
