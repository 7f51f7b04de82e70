import { type Listening, PeriodicTask, ReadySignal } from '@imprest/application';
import { LOGGER } from '@imprest/platform';
import { EventFeed } from '@imprest/read-models';
import { Inject, Injectable, type OnModuleDestroy } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import type { Logger } from 'pino';

const LOOK_MS = 250;
/** More are answered at once: they ask again. */
const MOST_WAITING = 1_000;

/** Wakes whoever waits for the feed to go on. One look serves all of them, and none is made while nobody waits. */
@Injectable()
export class FeedWatch implements OnModuleDestroy {
  private readonly signal = new ReadySignal();
  private readonly stopping = new AbortController();
  private readonly looking: PeriodicTask;
  private waiting = 0;
  private newest = '';

  constructor(
    private readonly feed: EventFeed,
    @Inject(LOGGER) logger: Logger,
  ) {
    this.looking = new PeriodicTask(
      LOOK_MS,
      () => this.look(),
      (err) => logger.warn({ err }, 'the feed of events cannot be looked at'),
    );
  }

  /** What `read` finds: at once, or when something came within the seconds, or what it says at their end. */
  async read<Found>(
    read: () => Promise<Found>,
    isEnough: (found: Found) => boolean,
    seconds: number,
    reply: Pick<FastifyReply, 'raw'>,
  ): Promise<Found> {
    const first = await read();
    if (seconds === 0 || isEnough(first) || this.full) return first;
    const gone = new AbortController();
    reply.raw.once('close', () => gone.abort());
    const stop = AbortSignal.any([gone.signal, this.stopping.signal]);
    const deadline = performance.now() + seconds * 1_000;
    const ear = this.listen();
    try {
      for (;;) {
        const found = await read();
        const left = deadline - performance.now();
        if (isEnough(found) || left <= 0 || stop.aborted) return found;
        await ear.wait(left, stop);
      }
    } finally {
      ear.end();
    }
  }

  async onModuleDestroy(): Promise<void> {
    this.stopping.abort();
    await this.looking.stop();
  }

  /** Whether too many wait for one more to be listened for. */
  get full(): boolean {
    return this.waiting >= MOST_WAITING;
  }

  /** Hears whenever something was told to anybody, until it is ended. */
  listen(): Listening {
    const ear = this.signal.listen();
    this.waiting += 1;
    if (this.waiting === 1) this.looking.start();
    return {
      wait: (ms, stop) => ear.wait(ms, stop),
      end: () => {
        ear.end();
        this.waiting -= 1;
        if (this.waiting === 0) void this.looking.stop();
      },
    };
  }

  private async look(): Promise<void> {
    const newest = await this.feed.newest();
    if (newest !== this.newest) this.signal.raise();
    this.newest = newest;
  }
}
