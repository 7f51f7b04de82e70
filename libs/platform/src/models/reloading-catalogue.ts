import { statSync } from 'node:fs';
import { type ModelCatalogue, type ModelEntry, PeriodicTask } from '@imprest/application';
import { DataFileError } from '@imprest/data-files';
import type { PriceBook } from '@imprest/domain';
import type { Logger } from 'pino';
import { loadModels, modelsPath } from './model-catalogue.js';

export interface ReloadingCatalogueOptions {
  /** The operator's file; the built-in one when absent. */
  readonly file: string | undefined;
  readonly logger: Pick<Logger, 'info' | 'error'>;
  /** How often to look at the file; 2 seconds when absent. */
  readonly everyMs?: number;
}

const LOOK_EVERY_MS = 2_000;

/** What tells one state of a file from the next, a missing one included. */
function stampOf(path: string): string {
  const facts = statSync(path, { throwIfNoEntry: false });
  return facts === undefined ? '' : `${facts.ino} ${facts.size} ${facts.mtimeMs}`;
}

/**
 * The models file as it is now: read again when it changes and on SIGHUP. A file that breaks a rule changes
 * nothing. Looking beats listening here: it sees a file that was replaced, and one behind a link or a mount.
 */
export class ReloadingCatalogue implements ModelCatalogue {
  private current: ModelCatalogue;
  private refusal: string | undefined;
  private readonly path: string;
  private readonly listeners = new Set<() => void>();
  private readonly reload = () => this.read();
  private readonly looking: PeriodicTask;
  /** Of the file as it was read last, taken before it was read. */
  private stamp: string;

  /** @throws DataFileError when the first reading fails */
  constructor(private readonly options: ReloadingCatalogueOptions) {
    this.path = modelsPath(options.file);
    this.stamp = stampOf(this.path);
    this.current = loadModels(this.path);
    this.looking = new PeriodicTask(
      options.everyMs ?? LOOK_EVERY_MS,
      async () => this.look(),
      (error) => options.logger.error({ err: error }, 'looking at the models file'),
    );
    this.looking.start();
    process.on('SIGHUP', this.reload);
  }

  get aliases(): readonly string[] {
    return this.current.aliases;
  }

  get priceBook(): PriceBook {
    return this.current.priceBook;
  }

  get defaultVideo(): string | undefined {
    return this.current.defaultVideo;
  }

  resolve(alias?: string): ModelEntry | undefined {
    return this.current.resolve(alias);
  }

  /** Why the file as it is now is not in force, fit for anyone's eyes; undefined when it is. */
  get problem(): string | undefined {
    return this.refusal;
  }

  /** Calls back after each reading, whatever came of it. */
  onRead(listener: () => void): void {
    this.listeners.add(listener);
  }

  async close(): Promise<void> {
    process.off('SIGHUP', this.reload);
    this.listeners.clear();
    await this.looking.stop();
  }

  private look(): void {
    if (stampOf(this.path) !== this.stamp) this.read();
  }

  private read(): void {
    const { logger } = this.options;
    this.stamp = stampOf(this.path);
    try {
      this.current = loadModels(this.path);
      this.refusal = undefined;
      logger.info({ version: this.priceBook.version, models: this.aliases }, 'models read again');
    } catch (error) {
      this.refusal = error instanceof DataFileError ? error.rule : String(error);
      logger.error({ err: error }, 'models as they were stay in force');
    }
    for (const listener of this.listeners) listener();
  }
}
