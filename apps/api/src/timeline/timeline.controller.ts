import { EVENT_STORE, type EventStore, ownGeneration } from '@imprest/application';
import { Describes, ForTenant } from '@imprest/platform';
import { Controller, Get, Inject, Req } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { principalOf } from '../http/context.js';
import { PathId } from '../http/path-id.js';
import { timelineOperations } from '../openapi/operations/timeline.js';
import { GenerationCosts } from './generation-costs.js';
import { GenerationTrail } from './generation-trail.js';
import { isTold, toldEvent } from './told-event.js';

/** What became of one request in all services, and what it cost. */
@Controller('v1/generations/:id')
@Describes(timelineOperations)
export class TimelineController {
  constructor(
    private readonly trail: GenerationTrail,
    private readonly costs: GenerationCosts,
    @Inject(EVENT_STORE) private readonly store: EventStore,
  ) {}

  @Get('timeline')
  @ForTenant('generations:read')
  async timeline(@PathId('id') id: string, @Req() request: FastifyRequest) {
    const { tenantId } = principalOf(request);
    await ownGeneration(this.store, tenantId, id);
    const { events, cut } = await this.trail.of(tenantId, id, isTold);
    return { id, events: events.map(toldEvent), cut };
  }

  @Get('cost')
  @ForTenant('generations:read')
  async cost(@PathId('id') id: string, @Req() request: FastifyRequest) {
    return this.costs.of(await ownGeneration(this.store, principalOf(request).tenantId, id));
  }
}
