import {
  CLOCK,
  type Clock,
  EVENT_STORE,
  type EventStore,
  type Subscription,
} from '@imprest/application';
import { type RecordedEvent, streamId, streamName } from '@imprest/event-catalogue';
import { Inject, Injectable, type OnModuleDestroy } from '@nestjs/common';

type Listener = (event: RecordedEvent) => void;

const CATEGORIES = ['generation', 'job'] as const;
const IDLE_MS = 10_000;

/**
 * Follows the event store for whoever waits on single generations. One subscription serves all of
 * them, and it runs only while someone waits: accepting requests must not pay for it.
 */
@Injectable()
export class GenerationFeed implements OnModuleDestroy {
  private readonly listeners = new Map<string, Set<Listener>>();
  private running: Promise<Subscription> | undefined;
  private idleTimer: NodeJS.Timeout | undefined;

  constructor(
    @Inject(EVENT_STORE) private readonly store: EventStore,
    @Inject(CLOCK) readonly clock: Clock,
  ) {}

  /**
   * Everything that has happened to a generation and its job, in order, then what happens from now on.
   * `listener` is called for each event once; the answer stops it.
   */
  async watch(generationId: string, listener: Listener): Promise<() => void> {
    const early: RecordedEvent[] = [];
    let deliver: Listener = (event) => early.push(event);
    const stop = this.listen(generationId, (event) => deliver(event));
    try {
      await this.running;
      const past = await this.history(generationId);
      const seen = past.at(-1)?.position ?? 0n;
      for (const event of past) listener(event);
      for (const event of early) if (event.position > seen) listener(event);
      deliver = (event) => {
        if (event.position > seen) listener(event);
      };
      return stop;
    } catch (error) {
      stop();
      throw error;
    }
  }

  async onModuleDestroy(): Promise<void> {
    clearTimeout(this.idleTimer);
    await (await this.running?.catch(() => undefined))?.close();
  }

  private listen(generationId: string, listener: Listener): () => void {
    const known = this.listeners.get(generationId) ?? new Set();
    this.listeners.set(generationId, known.add(listener));
    clearTimeout(this.idleTimer);
    this.running ??= this.follow();
    return () => {
      known.delete(listener);
      if (known.size === 0 && this.listeners.get(generationId) === known) {
        this.listeners.delete(generationId);
      }
      if (this.listeners.size === 0) this.stopWhenIdle();
    };
  }

  private async follow(): Promise<Subscription> {
    try {
      const after = await this.store.head();
      const options = { after, categories: CATEGORIES };
      const subscription = this.store.subscribe(options, async ({ events }) => {
        for (const event of events) this.dispatch(event);
      });
      subscription.ended.catch(() => {
        this.running = this.listeners.size > 0 ? this.follow() : undefined;
      });
      return subscription;
    } catch (error) {
      this.running = undefined;
      throw error;
    }
  }

  private dispatch(event: RecordedEvent): void {
    for (const listener of this.listeners.get(streamId(event.stream)) ?? []) listener(event);
  }

  private stopWhenIdle(): void {
    clearTimeout(this.idleTimer);
    this.idleTimer = setTimeout(() => {
      const { running } = this;
      if (this.listeners.size > 0) return;
      this.running = undefined;
      running?.then((subscription) => subscription.close()).catch(() => undefined);
    }, IDLE_MS).unref();
  }

  private async history(generationId: string): Promise<RecordedEvent[]> {
    const events: RecordedEvent[] = [];
    for (const category of CATEGORIES) {
      for await (const page of this.store.readStream(streamName(category, generationId))) {
        events.push(...page);
      }
    }
    return events.sort((a, b) => (a.position < b.position ? -1 : 1));
  }
}
