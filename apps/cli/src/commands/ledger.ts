import { journalProjector, LedgerQueries } from '@imprest/read-models';
import { Command } from 'commander';
import { withEngines } from '../engines.js';
import { jsonOption } from '../events/event-options.js';
import { rebuildOne } from '../projections/rebuild.js';
import { tableLines } from '../terminal/format.js';
import type { Terminal } from '../terminal/terminal.js';

interface Output {
  readonly json?: boolean;
}

/** The same as building the journal's projection and switching to it at once, with nothing kept. */
function rebuild(terminal: Terminal, { json }: Output): Promise<void> {
  return withEngines(terminal, async (engines) => {
    const { connectionString } = engines;
    const stores = { eventStore: await engines.eventStore(), connectionString };
    await rebuildOne(terminal, stores, journalProjector, { switch: true, dropOld: true, json });
  });
}

function trialBalance(terminal: Terminal, { json, tenant }: Output & { readonly tenant?: string }) {
  return withEngines(terminal, async (engines) => {
    const ledger = new LedgerQueries(await engines.dataSource());
    const balance = await ledger.trialBalance({ tenantId: tenant });
    if (balance.total !== '0') terminal.exitCode = 1;
    if (json) {
      await terminal.printJson(balance);
      return;
    }
    const right = { align: 'right' } as const;
    const columns = [
      { title: 'class' },
      { title: 'accounts', ...right },
      { title: 'tokens', ...right },
    ];
    const rows = balance.classes.map(({ accountClass, accounts, tokens }) => [
      ...[accountClass, String(accounts), tokens],
    ]);
    await terminal.print(tableLines(columns, [...rows, ['total', '', balance.total]]).join('\n'));
  });
}

/** What finance and operators do to the books from a terminal, beside a running program or without one. */
export function ledgerCommand(terminal: Terminal): Command {
  const ledger = new Command('ledger').description('the double-entry books');
  ledger
    .command('rebuild')
    .description('make the journal anew from events, then put it in place of the old one')
    .addOption(jsonOption())
    .action((options: Output) => rebuild(terminal, options));
  ledger
    .command('trial-balance')
    .description('sums of all accounts by class; exit code 1 when the total is not 0')
    .option('--tenant <id>', 'of one tenant only')
    .addOption(jsonOption())
    .action((options: Output & { tenant?: string }) => trialBalance(terminal, options));
  return ledger;
}
