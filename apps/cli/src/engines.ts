import { type AssetStore, DeciderRunner, type EventStore, systemClock } from '@imprest/application';
import {
  allMigrations,
  attachDatabase,
  type Config,
  confirmStoreIdentity,
  createLogger,
  loadConfig,
  openAssetStore,
  openEventStore,
} from '@imprest/platform';
import { createDataSource, PostgresSnapshotStore, runMigrations } from '@imprest/read-models';
import type { Terminal } from './terminal/terminal.js';

const NAME = 'imprest cli';

/** The engines that the environment names, opened as a command asks for them. */
export class Engines {
  private readonly closing: (() => Promise<unknown>)[] = [];

  private constructor(
    readonly config: Config,
    readonly connectionString: string,
    stop: () => Promise<void>,
  ) {
    this.closing.push(stop);
  }

  /** Beside a running program, or without one. */
  static async open({ environment }: Terminal): Promise<Engines> {
    const config = loadConfig(environment);
    const database = await attachDatabase(config, createLogger({ logLevel: 'silent' }));
    const engines = new Engines(config, database.connectionString, () => database.stop());
    try {
      await runMigrations(database.connectionString, allMigrations);
      return engines;
    } catch (error) {
      await engines.close();
      throw error;
    }
  }

  /** @throws AnotherEventStore for one that this database was not filled from: rebuilds from it would lose everything */
  async eventStore(): Promise<EventStore> {
    const { config, connectionString } = this;
    const store = await openEventStore(config, connectionString, NAME);
    this.closing.push(() => store.close());
    await confirmStoreIdentity(connectionString, store, config.eventStore.kind);
    return store;
  }

  async dataSource() {
    const dataSource = await createDataSource({ url: this.connectionString });
    this.closing.push(() => dataSource.destroy());
    return dataSource;
  }

  async assetStore(): Promise<AssetStore> {
    const opened = await openAssetStore(this.config);
    this.closing.push(async () => opened.close());
    return opened.assetStore;
  }

  /** Decides commands on the streams of a store that was opened here. */
  runner(store: EventStore): DeciderRunner {
    const snapshots = new PostgresSnapshotStore({ connectionString: this.connectionString });
    this.closing.push(() => snapshots.close());
    return new DeciderRunner({ store, snapshots, clock: systemClock });
  }

  /** What was opened last is closed first. */
  async close(): Promise<void> {
    for (const close of this.closing.splice(0).reverse()) await close();
  }
}

/** For as long as `work` takes. */
export async function withEngines<T>(
  terminal: Terminal,
  work: (engines: Engines) => Promise<T>,
): Promise<T> {
  const engines = await Engines.open(terminal);
  try {
    return await work(engines);
  } finally {
    await engines.close();
  }
}
