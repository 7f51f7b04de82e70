#!/usr/bin/env node
import { Command } from 'commander';
import { ledgerCommand } from './commands/ledger.js';

const program = new Command('imprest')
  .description('operations and audit of Imprest; reads the same environment as the services')
  .addCommand(ledgerCommand());

try {
  await program.parseAsync();
} catch (error) {
  console.error(`imprest: ${error instanceof Error ? error.message : String(error)}`);
  process.exitCode = 1;
}
