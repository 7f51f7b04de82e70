import { PostgresEventStore } from '@imprest/event-store-postgres';
import { allMigrations, attachDatabase, createLogger, loadConfig } from '@imprest/platform';
import { createDataSource, runMigrations } from '@imprest/read-models';

/** Connections that a command on the books needs, closed by `close` in the right order. */
export async function openBooks() {
  const config = loadConfig();
  const logger = createLogger({ logLevel: 'silent' });
  const database = await attachDatabase(config, logger);
  const { connectionString } = database;
  try {
    await runMigrations(connectionString, allMigrations);
    const [eventStore, dataSource] = await Promise.all([
      PostgresEventStore.connect({ connectionString, applicationName: 'imprest cli' }),
      createDataSource({ url: connectionString }),
    ]);
    const close = async () => {
      await eventStore.close();
      await dataSource.destroy();
      await database.stop();
    };
    return { connectionString, eventStore, dataSource, close };
  } catch (error) {
    await database.stop();
    throw error;
  }
}
