import type { WebhookEventName } from '@imprest/domain';
import { Describes, ForTenant } from '@imprest/platform';
import { EventFeed } from '@imprest/read-models';
import { Controller, Get, Query, Req, Res } from '@nestjs/common';
import { RouteSchema } from '@nestjs/platform-fastify';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { principalOf } from '../http/context.js';
import { pageLimit } from '../http/page-limit.js';
import { schemaFromClass } from '../http/schema-from-class.js';
import { eventOperations } from '../openapi/operations/events.js';
import { EventBodies } from './event-bodies.js';
import { FeedWatch } from './feed-watch.js';
import { EventsQuery } from './requests.js';

/** Everything that webhooks tell, to be fetched instead: a webhook that was lost costs nothing. */
@Controller('v1/events')
@Describes(eventOperations)
export class EventsController {
  constructor(
    private readonly feed: EventFeed,
    private readonly watch: FeedWatch,
    private readonly bodies: EventBodies,
  ) {}

  @Get()
  @ForTenant('events:read')
  @RouteSchema({ querystring: schemaFromClass(EventsQuery) })
  async list(
    @Query() { after, limit, types, wait }: EventsQuery,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const { tenantId } = principalOf(request);
    const asked = {
      tenantId,
      after,
      types: types?.split(',') as WebhookEventName[] | undefined,
      limit: pageLimit(limit),
    };
    const { entries, cursor, more } = await this.watch.read(
      () => this.feed.page(asked),
      (page) => page.entries.length > 0,
      Number(wait ?? 0),
      reply,
    );
    const events = await Promise.all(
      entries.map(async (entry) => ({
        id: entry.eventId,
        type: entry.type,
        occurredAt: entry.occurredAt.toISOString(),
        body: await this.bodies.of(tenantId, entry),
      })),
    );
    return { events, nextCursor: cursor, more };
  }
}
