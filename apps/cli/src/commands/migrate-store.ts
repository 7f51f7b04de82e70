import { Command, Option } from 'commander';
import { jsonOption } from '../events/event-options.js';
import { type MigrateStoreOptions, migrateStore } from '../migrating/migrate-store.js';
import type { Terminal } from '../terminal/terminal.js';

/** The way from one machine to a cluster: all events, and what stands for them, to another store. */
export function migrateStoreCommand(terminal: Terminal): Command {
  return new Command('migrate-store')
    .description(
      'move all events from PostgreSQL to EventStoreDB or KurrentDB; exit code 1 when it is not switched to',
    )
    .addOption(
      new Option('--to <store>', 'esdb://[user:password@]host:port[,host:port]?tls=true')
        .env('IMPREST_MIGRATE_TO')
        .makeOptionMandatory(),
    )
    .option('--copy-only', 'copy and compare while the program runs, and switch another time')
    .addOption(jsonOption())
    .action((options: MigrateStoreOptions) => migrateStore(terminal, options));
}
