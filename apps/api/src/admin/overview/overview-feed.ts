import { DomainFailure, PeriodicTask } from '@imprest/application';
import { domainError } from '@imprest/domain';
import { Injectable, type OnModuleDestroy } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { EventStream } from '../../progress/event-stream.js';
import { OperatorOverview } from './overview.js';

const EVERY_MS = 2_000;
/** In this process. */
const MOST = 100;
const RETRY_SECONDS = 30;

/** Sends the overview to all who watch it, looked up once for all of them. */
@Injectable()
export class OverviewFeed implements OnModuleDestroy {
  private readonly streams = new Set<EventStream>();
  private readonly rounds = new PeriodicTask(
    EVERY_MS,
    () => this.round(),
    // A reading that failed is left out; the next one is two seconds away.
    () => undefined,
  );
  private running = false;
  private stopping = false;

  constructor(private readonly overview: OperatorOverview) {}

  /** @throws DomainFailure rate_limited for one too many */
  async watch(reply: FastifyReply): Promise<void> {
    if (this.streams.size >= MOST) throw tooMany();
    const stream = new EventStream(reply);
    if (!stream.open) return;
    if (this.stopping) return stream.end();
    this.streams.add(stream);
    reply.raw.once('close', () => this.streams.delete(stream));
    await this.tell([stream]).catch(() => undefined);
    if (this.running || this.stopping) return;
    this.running = true;
    this.rounds.startLater();
  }

  /** Open streams would keep the process from stopping; whoever watches connects again elsewhere. */
  async onModuleDestroy(): Promise<void> {
    this.stopping = true;
    await this.rounds.stop();
    for (const stream of this.streams) stream.end();
  }

  private async round(): Promise<void> {
    if (this.streams.size > 0) await this.tell([...this.streams]);
  }

  private async tell(streams: readonly EventStream[]): Promise<void> {
    const overview = await this.overview.get();
    for (const stream of streams) stream.send(undefined, 'overview', overview);
  }
}

function tooMany(): DomainFailure {
  const message = `at most ${MOST} may follow the overview at once`;
  return new DomainFailure(
    domainError('rate_limited', message, { details: { retryAfter: RETRY_SECONDS } }),
  );
}
