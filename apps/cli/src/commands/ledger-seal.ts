import { writeFile } from 'node:fs/promises';
import { anchorOf } from '@imprest/ledger-seal';
import { sealLedger } from '@imprest/read-models';
import { Command } from 'commander';
import { type Engines, withEngines } from '../engines.js';
import { jsonOption } from '../events/event-options.js';
import { operatorAtTerminal } from '../ledger/operator-at-terminal.js';
import { openSealing, sealKeyOf } from '../sealing/sealing-services.js';
import { whole } from '../terminal/format.js';
import { onRecord, type Reasoned, reasonOption } from '../terminal/on-record.js';
import type { Terminal } from '../terminal/terminal.js';

interface Options extends Reasoned {
  readonly anchor?: string;
  readonly json?: boolean;
}

async function seal(terminal: Terminal, engines: Engines, options: Options): Promise<void> {
  const key = sealKeyOf(engines.config);
  const eventStore = await engines.eventStore();
  const services = openSealing(engines, eventStore);
  const seal = await onRecord(terminal, engines, eventStore)(
    { work: 'ledger-seal', subject: 'ledger', reason: options.reason ?? null },
    () => sealLedger(services, { key, context: operatorAtTerminal() }),
    (made) =>
      made === undefined ? 'nothing to seal' : `seal ${made.number}, up to position ${made.upTo}`,
  );
  if (seal === undefined) {
    if (options.json) await terminal.printJson(null);
    else await terminal.print('Nothing to seal: the journal has no event beyond the last seal.');
    return;
  }
  if (options.anchor !== undefined) {
    const text = `${JSON.stringify(anchorOf(seal, key.publicKey), null, 2)}\n`;
    await writeFile(options.anchor, text, { flag: 'wx' });
  }
  if (options.json) {
    await terminal.printJson({ ...seal, publicKey: key.publicKey });
    return;
  }
  const lines = [
    `Seal ${seal.number} covers ${whole(seal.events)} events up to position ${seal.upTo}, ` +
      `and ${whole(seal.accounts)} accounts.`,
    `digest      ${seal.digest}`,
    `signed by   ${seal.keyId}`,
    `public key  ${key.publicKey}`,
  ];
  if (options.anchor !== undefined) lines.push(`anchor      ${options.anchor}`);
  await terminal.print(lines.join('\n'));
}

export function ledgerSealCommand(terminal: Terminal): Command {
  return new Command('seal')
    .description('sign everything that no seal covers yet; the ledger service does so every day')
    .addOption(reasonOption())
    .option('--anchor <file>', 'write the seal to a new file, to be kept elsewhere')
    .addOption(jsonOption())
    .action((options: Options) =>
      withEngines(terminal, (engines) => seal(terminal, engines, options)),
    );
}
