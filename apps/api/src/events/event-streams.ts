import { DomainFailure, InvalidCursor } from '@imprest/application';
import { domainError, validationError } from '@imprest/domain';
import { LOGGER } from '@imprest/platform';
import { EventFeed, type FeedRequest } from '@imprest/read-models';
import { Inject, Injectable, type OnModuleDestroy } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import type { Logger } from 'pino';
import { EventStream } from '../progress/event-stream.js';
import { EventBodies } from './event-bodies.js';
import { FeedWatch } from './feed-watch.js';

const MOST_OF_A_TENANT = 20;
const PAGE = 100;
const LOOK_AGAIN_MS = 60_000;
/** Whoever reads on is asked again who he is. */
const LONGEST_MS = 600_000;
const RETRY_SECONDS = 30;

type Asked = Omit<FeedRequest, 'limit'>;

/** Streams the feed of tenants as it goes on; ids are its cursors. */
@Injectable()
export class EventStreams implements OnModuleDestroy {
  private readonly stopping = new AbortController();
  private readonly openStreams = new Map<string, number>();

  constructor(
    private readonly feed: EventFeed,
    private readonly watch: FeedWatch,
    private readonly bodies: EventBodies,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  /** @throws DomainFailure rate_limited for one too many, validation_error for a cursor of something else */
  async open(asked: Asked, reply: FastifyReply): Promise<void> {
    const { tenantId } = asked;
    const open = this.openStreams.get(tenantId) ?? 0;
    if (open >= MOST_OF_A_TENANT || this.watch.full) throw tooMany();
    this.openStreams.set(tenantId, open + 1);
    try {
      const after = asked.after ?? (await this.feed.end());
      await this.feed.page({ ...asked, after, limit: 1 }).catch(notOfTheFeed);
      await this.follow({ ...asked, after }, reply);
    } finally {
      const left = (this.openStreams.get(tenantId) ?? 1) - 1;
      if (left === 0) this.openStreams.delete(tenantId);
      else this.openStreams.set(tenantId, left);
    }
  }

  /** Ends open streams so that the process can stop; readers come back elsewhere with their last id. */
  onModuleDestroy(): void {
    this.stopping.abort();
  }

  private async follow(asked: Asked, reply: FastifyReply): Promise<void> {
    const stream = new EventStream(reply);
    const gone = new AbortController();
    reply.raw.once('close', () => gone.abort());
    const over = AbortSignal.timeout(LONGEST_MS);
    const stop = AbortSignal.any([gone.signal, this.stopping.signal, over]);
    const ear = this.watch.listen();
    try {
      let { after } = asked;
      while (stream.open && !stop.aborted) {
        const { entries, cursor, more } = await this.feed.page({ ...asked, after, limit: PAGE });
        for (const entry of entries) {
          stream.send(entry.cursor, entry.type, await this.bodies.told(asked.tenantId, entry));
        }
        after = cursor;
        if (!more) await ear.wait(LOOK_AGAIN_MS, stop);
      }
    } catch (err) {
      this.logger.warn({ err, tenantId: asked.tenantId }, 'a stream of events ended early');
    } finally {
      ear.end();
      stream.end();
    }
  }
}

function tooMany(): DomainFailure {
  const message = `at most ${MOST_OF_A_TENANT} streams of events may be open at once`;
  return new DomainFailure(
    domainError('rate_limited', message, { details: { retryAfter: RETRY_SECONDS } }),
  );
}

function notOfTheFeed(error: unknown): never {
  if (!(error instanceof InvalidCursor)) throw error;
  const rule = 'must be an id of this stream, or nextCursor of the list';
  throw new DomainFailure(validationError('Last-Event-ID', rule));
}
