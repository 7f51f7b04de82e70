#!/usr/bin/env node
import { deadLettersCommand } from './commands/dead-letters.js';
import { eventsCommand, traceCommand } from './commands/events.js';
import { lagCommand } from './commands/lag.js';
import { ledgerCommand } from './commands/ledger.js';
import { migrateCommand } from './commands/migrate.js';
import { migrateStoreCommand } from './commands/migrate-store.js';
import { parkedCommand } from './commands/parked.js';
import { projectionsCommand } from './commands/projections.js';
import { proofCommand } from './commands/proof.js';
import { providersCommand } from './commands/providers.js';
import { reconcileCommand } from './commands/reconcile.js';
import { relayCommand } from './commands/relay.js';
import { topicsCommand } from './commands/topics.js';
import { usersCommand } from './commands/users.js';
import { webhooksCommand } from './commands/webhooks.js';
import { whyCommand } from './commands/why.js';
import { workersCommand } from './commands/workers.js';
import { runCli } from './terminal/run-cli.js';
import { Terminal } from './terminal/terminal.js';

const terminal = new Terminal(process.env, { out: process.stdout, err: process.stderr });
process.once('SIGINT', () => terminal.interrupt());

const commands = [
  eventsCommand(terminal),
  traceCommand(terminal),
  lagCommand(terminal),
  parkedCommand(terminal),
  workersCommand(terminal),
  usersCommand(terminal),
  deadLettersCommand(terminal),
  whyCommand(terminal),
  webhooksCommand(terminal),
  projectionsCommand(terminal),
  ledgerCommand(terminal),
  proofCommand(terminal),
  reconcileCommand(terminal),
  relayCommand(terminal),
  topicsCommand(terminal),
  providersCommand(terminal),
  migrateCommand(terminal),
  migrateStoreCommand(terminal),
];

process.exitCode = (await runCli(commands, process.argv.slice(2), terminal)) || process.exitCode;
