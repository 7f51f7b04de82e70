import { readFile } from 'node:fs/promises';
import { type SealKey, sealKeyFromPem } from '@imprest/ledger-seal';
import { type Config, nextSealKey, takeNextSealKey } from '@imprest/platform';
import { readSealLine, rotateSealKey } from '@imprest/read-models';
import { Command } from 'commander';
import { type Engines, withEngines } from '../engines.js';
import { jsonOption } from '../events/event-options.js';
import { operatorAtTerminal } from '../ledger/operator-at-terminal.js';
import { openSealing, sealKeyOf } from '../sealing/sealing-services.js';
import { UsageError } from '../terminal/run-cli.js';
import type { Terminal } from '../terminal/terminal.js';

interface ShowOptions {
  readonly json?: boolean;
}

interface RotateOptions extends ShowOptions {
  readonly reason: string;
  readonly to?: string;
  readonly lost?: boolean;
}

async function show(terminal: Terminal, engines: Engines, { json }: ShowOptions): Promise<void> {
  const { runner } = openSealing(engines, await engines.eventStore());
  const { keyId, publicKey } = await readSealLine(runner);
  if (json) await terminal.printJson({ keyId, publicKey });
  else await terminal.print(publicKey ?? 'No key is in use yet: the first seal introduces it.');
}

async function newKey(config: Config, file: string | undefined): Promise<SealKey> {
  if (file !== undefined) return sealKeyFromPem(await readFile(file, 'utf8'));
  if (config.sealKey !== undefined) {
    throw new UsageError('the key is configured: name the file of the next one with --to');
  }
  return nextSealKey(config);
}

async function rotate(terminal: Terminal, engines: Engines, options: RotateOptions): Promise<void> {
  const { config } = engines;
  const { reason, lost, to } = options;
  const key = await newKey(config, to);
  const previous = lost ? undefined : sealKeyOf(config);
  const services = openSealing(engines, await engines.eventStore());
  await rotateSealKey(services, { key, previous, reason, context: operatorAtTerminal() });
  if (to === undefined) takeNextSealKey(config);
  const { keyId, publicKey } = key;
  if (options.json) {
    await terminal.printJson({ keyId, publicKey, endorsed: previous !== undefined });
    return;
  }
  await terminal.print(`From the next seal on key ${keyId} signs.\npublic key  ${publicKey}`);
  if (to !== undefined) terminal.say('Put it into LEDGER_SEAL_KEY before the next seal.');
}

/** What an auditor holds, and how it is replaced. */
export function ledgerSealKeyCommand(terminal: Terminal): Command {
  const command = new Command('seal-key').description('the key that signs the seals');
  command
    .command('show', { isDefault: true })
    .description('the public key in use, as --public-key takes it')
    .addOption(jsonOption())
    .action((options: ShowOptions) =>
      withEngines(terminal, (engines) => show(terminal, engines, options)),
    );
  command
    .command('rotate')
    .description('sign with another key from now on; the old one endorses it')
    .requiredOption('--reason <text>', 'why, for the record')
    .option('--to <file>', 'private key to rotate to (PEM); a new one is made when absent')
    .option('--lost', 'the old key is lost: nobody endorses the new one')
    .addOption(jsonOption())
    .action((options: RotateOptions) =>
      withEngines(terminal, (engines) => rotate(terminal, engines, options)),
    );
  return command;
}
