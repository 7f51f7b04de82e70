import { LedgerQueries, rebuildJournal } from '@imprest/read-models';
import { Command } from 'commander';
import { openBooks } from '../open-books.js';
import { endProgress, showProgress } from '../progress-line.js';

interface Output {
  readonly json?: boolean;
}

async function rebuild({ json }: Output): Promise<void> {
  const { eventStore, connectionString, close } = await openBooks();
  try {
    const onProgress = json ? undefined : showProgress;
    const { events, position, seconds } = await rebuildJournal({
      eventStore,
      connectionString,
      onProgress,
    });
    if (json) {
      console.log(JSON.stringify({ events, position: position.toString(), seconds }));
      return;
    }
    endProgress();
    console.log(`The journal was rebuilt from ${events} events in ${seconds.toFixed(1)} s.`);
  } finally {
    await close();
  }
}

async function trialBalance({ json, tenant }: Output & { readonly tenant?: string }) {
  const { dataSource, close } = await openBooks();
  try {
    const balance = await new LedgerQueries(dataSource).trialBalance({ tenantId: tenant });
    if (json) {
      console.log(JSON.stringify(balance));
    } else {
      const lines = balance.classes.map(
        ({ accountClass, accounts, tokens }) =>
          `${accountClass.padEnd(20)} ${String(accounts).padStart(9)} ${tokens.padStart(22)}`,
      );
      console.log(`${'class'.padEnd(20)} ${'accounts'.padStart(9)} ${'tokens'.padStart(22)}`);
      console.log(lines.join('\n'));
      console.log(`${'total'.padEnd(20)} ${''.padStart(9)} ${balance.total.padStart(22)}`);
    }
    if (balance.total !== '0') process.exitCode = 1;
  } finally {
    await close();
  }
}

/** What finance and operators do to the books from a terminal, beside a running program or without one. */
export function ledgerCommand(): Command {
  const ledger = new Command('ledger').description('the double-entry books');
  ledger
    .command('rebuild')
    .description('make the journal anew from events, then put it in place of the old one')
    .option('--json', 'one JSON document instead of text')
    .action(rebuild);
  ledger
    .command('trial-balance')
    .description('sums of all accounts by class; fails when the total is not 0')
    .option('--tenant <id>', 'of one tenant only')
    .option('--json', 'one JSON document instead of text')
    .action(trialBalance);
  return ledger;
}
