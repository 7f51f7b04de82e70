import { DomainFailure, EVENT_STORE, type EventStore, loadGeneration } from '@imprest/application';
import { domainError } from '@imprest/domain';
import { Describes, OperatorOnly } from '@imprest/platform';
import { Controller, Get, Inject } from '@nestjs/common';
import { recordedEventView } from '../events/recorded-event-view.js';
import { PathId } from '../http/path-id.js';
import { recordedTimelineOperations } from '../openapi/operations/timeline.js';
import { GenerationTrail } from './generation-trail.js';

/** The same for operators, of any tenant: the events as they were recorded. */
@Controller('admin/v1/generations/:id')
@Describes(recordedTimelineOperations)
export class RecordedTimelineController {
  constructor(
    private readonly trail: GenerationTrail,
    @Inject(EVENT_STORE) private readonly store: EventStore,
  ) {}

  @Get('timeline')
  @OperatorOnly('any')
  async timeline(@PathId('id') id: string) {
    const view = await loadGeneration(this.store, id);
    if (view === undefined) {
      throw new DomainFailure(domainError('not_found', `there is no generation ${id}`));
    }
    const { tenantId, status, erased } = view;
    const { events, cut } = await this.trail.of(tenantId, id);
    return { id, tenantId, status, erased, events: events.map(recordedEventView), cut };
  }
}
