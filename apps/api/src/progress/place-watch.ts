import {
  type GenerationView,
  PeriodicTask,
  pause,
  type QueuePlace,
  QueuePlaces,
} from '@imprest/application';
import { Injectable, type OnModuleDestroy } from '@nestjs/common';

type Watched = Pick<GenerationView, 'id' | 'model' | 'parameters'>;
type Listener = (place: QueuePlace) => void;

interface Watcher {
  readonly watched: Watched;
  readonly listener: Listener;
  /** That was told last. */
  position: number | undefined;
}

const ROUND_MS = 2_000;
/** After each question, so many times as long as its answer took: watching takes a tenth of the queue's time at most. */
const RESTS = 9;

/** Tells whoever waits for queued generations when their place changes, one after the other. */
@Injectable()
export class PlaceWatch implements OnModuleDestroy {
  private readonly watchers = new Set<Watcher>();
  private readonly stopping = new AbortController();
  private rounds: PeriodicTask | undefined;

  constructor(private readonly places: QueuePlaces) {}

  /** Calls back with the place it has now, then with each new one, until the answer is called. */
  watch(watched: Watched, listener: Listener): () => void {
    const watcher: Watcher = { watched, listener, position: undefined };
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
    const place = await this.places.of(watcher.watched);
    if (place === undefined || place.position === watcher.position) return;
    if (!this.watchers.has(watcher)) return;
    watcher.position = place.position;
    watcher.listener(place);
  }
}
