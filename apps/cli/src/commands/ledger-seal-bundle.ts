import { createWriteStream } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { ledgerBundle } from '@imprest/read-models';
import { Command } from 'commander';
import { withEngines } from '../engines.js';
import { jsonOption } from '../events/event-options.js';
import { whole } from '../terminal/format.js';
import type { Terminal } from '../terminal/terminal.js';

interface Options {
  readonly out: string;
  readonly tenant?: string;
  readonly json?: boolean;
}

async function write(terminal: Terminal, { out, tenant, json }: Options): Promise<void> {
  let lines = 0;
  await withEngines(terminal, async (engines) => {
    const { connectionString } = engines;
    const eventStore = await engines.eventStore();
    const bundle = ledgerBundle({ eventStore, connectionString, tenantId: tenant });
    async function* text() {
      for await (const line of bundle) {
        lines += 1;
        yield `${line}\n`;
      }
    }
    await pipeline(Readable.from(text()), createWriteStream(out, { flags: 'wx', mode: 0o600 }));
  });
  if (json) await terminal.printJson({ out, lines });
  else await terminal.print(`${whole(lines)} lines were written to ${out}.`);
}

export function ledgerSealBundleCommand(terminal: Terminal): Command {
  return new Command('bundle')
    .description('write the ledger for an auditor, who checks it with: ledger verify --bundle')
    .requiredOption('--out <file>', 'a new file')
    .option('--tenant <id>', 'tell the account of one tenant only, and the leaves of all others')
    .addOption(jsonOption())
    .action((options: Options) => write(terminal, options));
}
