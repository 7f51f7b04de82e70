import { allMigrations, attachDatabase, createLogger, loadConfig } from '@imprest/platform';
import { runMigrations } from '@imprest/read-models';
import { Command } from 'commander';
import { jsonOption } from '../events/event-options.js';
import type { Terminal } from '../terminal/terminal.js';

async function migrate(terminal: Terminal, json: boolean): Promise<void> {
  const config = loadConfig(terminal.environment);
  const database = await attachDatabase(config, createLogger({ logLevel: 'silent' }));
  try {
    const executed = await runMigrations(database.connectionString, allMigrations);
    if (json) return await terminal.printJson({ executed });
    for (const name of executed) await terminal.print(name);
    await terminal.print(executed.length === 0 ? 'nothing to do' : 'done');
  } finally {
    await database.stop();
  }
}

/** Services do the same at their start; this is for deployments that do it beforehand. */
export function migrateCommand(terminal: Terminal): Command {
  return new Command('migrate')
    .description('bring the database to the state that this version needs; safe to repeat')
    .addOption(jsonOption())
    .action(({ json = false }: { readonly json?: boolean }) => migrate(terminal, json));
}
