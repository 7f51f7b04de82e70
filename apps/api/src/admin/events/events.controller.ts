import { catalogue, streamCategories } from '@imprest/event-catalogue';
import { Describes, OperatorOnly } from '@imprest/platform';
import { Controller, Get, Query } from '@nestjs/common';
import { RouteSchema } from '@nestjs/platform-fastify';
import { pageLimit, time } from '../../http/page-limit.js';
import { schemaFromClass } from '../../http/schema-from-class.js';
import { eventBrowserOperations } from '../../openapi/operations/event-browser.js';
import { EventBrowser } from './event-browser.js';
import {
  EventSearchQuery,
  PathEvent,
  PathStream,
  PathTrace,
  StreamQuery,
  TraceQuery,
} from './requests.js';

const EVENTS = 50;
const MOST_EVENTS = 200;

const categories = Object.entries(streamCategories).map(([name, { id, holds }]) => ({
  ...{ name, id, holds },
  types: Object.entries(catalogue).flatMap(([type, { category }]) =>
    category === name ? [type] : [],
  ),
}));

const limitOf = (limit: string | undefined) => pageLimit(limit, EVENTS, MOST_EVENTS);
const positionOf = (position: string | undefined) =>
  position === undefined ? undefined : BigInt(position);

/** The event store as operators look at it. Nothing here opens what is sealed. */
@Controller('admin/v1')
@Describes(eventBrowserOperations)
export class EventBrowserController {
  constructor(private readonly browser: EventBrowser) {}

  @Get('event-categories')
  @OperatorOnly()
  categories() {
    return { categories };
  }

  @Get('streams/:stream')
  @OperatorOnly()
  @RouteSchema({ querystring: schemaFromClass(StreamQuery) })
  stream(@PathStream() stream: string, @Query() { from, limit, direction }: StreamQuery) {
    return this.browser.stream({
      stream,
      from: from === undefined ? undefined : Number(from),
      limit: limitOf(limit),
      direction: direction ?? 'forwards',
    });
  }

  @Get('events')
  @OperatorOnly()
  @RouteSchema({ querystring: schemaFromClass(EventSearchQuery) })
  search(@Query() { category, type, text, ...query }: EventSearchQuery) {
    return this.browser.search({
      category: category === undefined ? undefined : [category],
      type: type === undefined ? undefined : [type],
      text,
      tenant: query.tenantId,
      generation: query.generationId,
      correlation: query.correlationId,
      since: time('since', query.since),
      until: time('until', query.until),
      position: positionOf(query.position),
      limit: limitOf(query.limit),
    });
  }

  @Get('events/:eventId')
  @OperatorOnly()
  event(@PathEvent() reference: string) {
    return this.browser.event(reference);
  }

  @Get('traces/:traceId')
  @OperatorOnly()
  @RouteSchema({ querystring: schemaFromClass(TraceQuery) })
  trace(@PathTrace() id: string, @Query() { position, since }: TraceQuery) {
    return this.browser.trace(id, positionOf(position), time('since', since));
  }
}
