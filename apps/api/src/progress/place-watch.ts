import {
  CLOCK,
  type Clock,
  type GenerationView,
  PeriodicTask,
  pause,
  QueuePlaces,
  type ToldPlace,
  WaitingReasons,
} from '@imprest/application';
import { Inject, Injectable, type OnModuleDestroy } from '@nestjs/common';

type Watched = Pick<GenerationView, 'id' | 'model' | 'parameters' | 'deadlines'>;
type Listener = (place: ToldPlace) => void;

interface Watcher {
  readonly watched: Watched;
  readonly listener: Listener;
  /** What was told last. */
  told: ToldPlace | undefined;
}

const ROUND_MS = 2_000;
/** After each question, so many times as long as its answer took: watching takes a tenth of the queue's time at most. */
const RESTS = 9;

/**
 * Tells whoever waits for queued generations when their place or what they wait for changes, or when the time they
 * were told has passed, one after the other.
 */
@Injectable()
export class PlaceWatch implements OnModuleDestroy {
  private readonly watchers = new Set<Watcher>();
  private readonly stopping = new AbortController();
  private rounds: PeriodicTask | undefined;

  constructor(
    private readonly places: QueuePlaces,
    private readonly reasons: WaitingReasons,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Calls back with the place it has now, then with each new one, until the answer is called. */
  watch(watched: Watched, listener: Listener): () => void {
    const watcher: Watcher = { watched, listener, told: undefined };
    this.watchers.add(watcher);
    void this.tell(watcher);
    this.begin();
    return () => {
      this.watchers.delete(watcher);
    };
  }

  async onModuleDestroy(): Promise<void> {
    this.watchers.clear();
    this.stopping.abort();
    await this.rounds?.stop();
  }

  private begin(): void {
    if (this.rounds !== undefined) return;
    this.rounds = new PeriodicTask(
      ROUND_MS,
      () => this.round(),
      () => undefined,
    );
    this.rounds.start();
  }

  private async round(): Promise<void> {
    const { signal } = this.stopping;
    for (const watcher of [...this.watchers]) {
      if (signal.aborted) return;
      const began = performance.now();
      await this.tell(watcher);
      await pause(RESTS * (performance.now() - began), signal);
    }
  }

  private async tell(watcher: Watcher): Promise<void> {
    const place = await this.ask(watcher.watched).catch(() => undefined);
    if (place === undefined || !this.isNews(place, watcher.told)) return;
    if (!this.watchers.has(watcher)) return;
    watcher.told = place;
    watcher.listener(place);
  }

  private async ask(watched: Watched): Promise<ToldPlace | undefined> {
    const place = await this.places.of(watched);
    return place && (await this.reasons.forTenant(watched, place));
  }

  private isNews({ queue, waiting }: ToldPlace, told: ToldPlace | undefined): boolean {
    if (queue.position !== told?.queue.position) return true;
    if (waiting.message !== told.waiting.message) return true;
    const { estimatedStart } = told.queue;
    return estimatedStart !== null && Date.parse(estimatedStart) < this.clock.now().getTime();
  }
}
