import { PeriodicTask } from '@imprest/application';
import { Injectable, type OnModuleDestroy } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { EventStream } from '../../progress/event-stream.js';
import { OperatorOverview } from './overview.js';

const EVERY_MS = 2_000;

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

  constructor(private readonly overview: OperatorOverview) {}

  async watch(reply: FastifyReply): Promise<void> {
    const stream = new EventStream(reply);
    if (!stream.open) return;
    this.streams.add(stream);
    reply.raw.once('close', () => this.streams.delete(stream));
    await this.tell([stream]).catch(() => undefined);
    if (this.running) return;
    this.running = true;
    this.rounds.startLater();
  }

  /** Open streams would keep the process from stopping; whoever watches connects again elsewhere. */
  async onModuleDestroy(): Promise<void> {
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
