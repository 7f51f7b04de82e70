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
import { EventStreams } from './event-streams.js';
import { FeedWatch } from './feed-watch.js';
import { EventStreamQuery, EventsQuery, namedTypes } from './requests.js';

/** Everything that webhooks tell, to be fetched instead: a webhook that was lost costs nothing. */
@Controller('v1/events')
@Describes(eventOperations)
export class EventsController {
  constructor(
    private readonly feed: EventFeed,
    private readonly watch: FeedWatch,
    private readonly bodies: EventBodies,
    private readonly streams: EventStreams,
  ) {}

  @Get()
  @ForTenant('events:read')
  @RouteSchema({ querystring: schemaFromClass(EventsQuery) })
  async list(
    @Query() query: EventsQuery,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const { tenantId } = principalOf(request);
    const { after, limit, wait } = query;
    const asked = { tenantId, after, types: namedTypes(query), limit: pageLimit(limit) };
    const { entries, cursor, more } = await this.watch.read(
      () => this.feed.page(asked),
      (page) => page.entries.length > 0,
      Number(wait ?? 0),
      reply,
    );
    const events = await Promise.all(entries.map((entry) => this.bodies.told(tenantId, entry)));
    return { events, nextCursor: cursor, more };
  }

  @Get('stream')
  @ForTenant('events:read')
  @RouteSchema({ querystring: schemaFromClass(EventStreamQuery) })
  async stream(
    @Query() query: EventStreamQuery,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const { tenantId } = principalOf(request);
    const after = request.headers['last-event-id']?.toString() ?? query.after;
    await this.streams.open({ tenantId, after, types: namedTypes(query) }, reply);
  }
}
