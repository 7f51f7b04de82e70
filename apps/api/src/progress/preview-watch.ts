import {
  CLOCK,
  type Clock,
  DATA_KEYS,
  type DataKeys,
  PeriodicTask,
  PREVIEW_STORE,
  PreviewReader,
  type PreviewStore,
  type ShownPreview,
} from '@imprest/application';
import { CONFIG, type Config, LOGGER } from '@imprest/platform';
import { Inject, Injectable, type OnModuleDestroy } from '@nestjs/common';
import type { Logger } from 'pino';

type Listener = (preview: ShownPreview) => void;

interface Watcher {
  readonly generationId: string;
  readonly listener: Listener;
  /** Of the last preview that was told. */
  version: number;
}

const ROUND_MS = 500;
/** That somebody watches is said again well before it lapses. */
const RENEW_MS = 5_000;
const LAPSE_MS = 15_000;

/** Tells whoever watches generations of their previews, and workers, by that, that somebody watches. */
@Injectable()
export class PreviewWatch implements OnModuleDestroy {
  private readonly watchers = new Set<Watcher>();
  private readonly reader: PreviewReader;
  private readonly rounds: PeriodicTask;
  private isStarted = false;
  private renewAtMs = 0;

  constructor(
    @Inject(PREVIEW_STORE) private readonly store: PreviewStore,
    @Inject(DATA_KEYS) dataKeys: DataKeys,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(CONFIG) private readonly config: Pick<Config, 'moderation'>,
    @Inject(LOGGER) logger: Pick<Logger, 'warn'>,
  ) {
    this.reader = new PreviewReader(store, dataKeys);
    const work = () => this.round();
    this.rounds = new PeriodicTask(ROUND_MS, work, (err) => logger.warn({ err }, 'previews'));
  }

  /** Calls back with the latest preview of each image and with each new one, until the answer is called. */
  watch(generationId: string, listener: Listener): () => void {
    if (!this.config.moderation.previews) return () => {};
    const watcher: Watcher = { generationId, listener, version: 0 };
    this.watchers.add(watcher);
    this.renewAtMs = 0;
    if (!this.isStarted) this.rounds.start();
    this.isStarted = true;
    return () => {
      this.watchers.delete(watcher);
    };
  }

  async onModuleDestroy(): Promise<void> {
    this.watchers.clear();
    await this.rounds.stop();
  }

  private async round(): Promise<void> {
    if (this.watchers.size === 0) return;
    await this.renew();
    const versions = new Map<string, number>();
    for (const { generationId, version } of this.watchers) {
      versions.set(generationId, Math.min(version, versions.get(generationId) ?? version));
    }
    for (const preview of await this.reader.since(versions)) this.tell(preview);
  }

  private async renew(): Promise<void> {
    const nowMs = this.clock.now().getTime();
    if (nowMs < this.renewAtMs) return;
    this.renewAtMs = nowMs + RENEW_MS;
    const ids = new Set([...this.watchers].map(({ generationId }) => generationId));
    await this.store.watch([...ids], LAPSE_MS);
  }

  private tell(preview: ShownPreview): void {
    for (const watcher of this.watchers) {
      const { generationId, version, listener } = watcher;
      if (generationId !== preview.generationId || version >= preview.version) continue;
      watcher.version = preview.version;
      listener(preview);
    }
  }
}
