import { journalFormats } from '@imprest/ledger-exports';
import { journalProjector } from '@imprest/read-models';
import { Argument, Command, Option } from 'commander';
import { withEngines } from '../engines.js';
import { jsonOption } from '../events/event-options.js';
import { closeMonth, listCloses, reopenMonth } from '../ledger/closes.js';
import { type ExportOptions, exportJournal } from '../ledger/export-journal.js';
import { type FindingsOptions, listFindings } from '../ledger/findings.js';
import { asOfOption, knownAtOption, month, tenantOption } from '../ledger/ledger-options.js';
import { type RevenueOptions, revenue } from '../ledger/revenue.js';
import { type StatementOptions, statement } from '../ledger/statement.js';
import { type TrialBalanceOptions, trialBalance } from '../ledger/trial-balance.js';
import { rebuildOne } from '../projections/rebuild.js';
import { onRecord, type Reasoned, reasonOption } from '../terminal/on-record.js';
import type { Terminal } from '../terminal/terminal.js';
import { ledgerReplayCommand } from './ledger-replay.js';
import { ledgerSealCommand } from './ledger-seal.js';
import { ledgerSealBundleCommand } from './ledger-seal-bundle.js';
import { ledgerSealKeyCommand } from './ledger-seal-key.js';
import { ledgerVerifyCommand } from './ledger-verify.js';

interface Output {
  readonly json?: boolean;
}

interface Deed extends Output, Reasoned {}

/** The same as building the journal's projection and switching to it at once, with nothing kept. */
function rebuild(terminal: Terminal, { json, reason }: Deed): Promise<void> {
  return withEngines(terminal, async (engines) => {
    const { connectionString } = engines;
    const eventStore = await engines.eventStore();
    const stores = {
      eventStore,
      connectionString,
      onRecord: onRecord(terminal, engines, eventStore),
    };
    const options = { switch: true, dropOld: true, json, reason };
    await rebuildOne(terminal, stores, journalProjector, options);
  });
}

function reports(ledger: Command, terminal: Terminal): void {
  ledger
    .command('trial-balance')
    .description('sums of all accounts by class; exit code 1 when a total is not 0')
    .addOption(tenantOption())
    .addOption(asOfOption())
    .addOption(knownAtOption())
    .addOption(jsonOption())
    .action((options: TrialBalanceOptions) => trialBalance(terminal, options));
  ledger
    .command('revenue')
    .description('what a month did to deferred revenue, by tenant and currency')
    .addOption(new Option('--month <month>').argParser(month).makeOptionMandatory())
    .addOption(tenantOption())
    .option('--verify', 'compute it from events alone too; exit code 1 when they differ')
    .addOption(jsonOption())
    .action((options: RevenueOptions) => revenue(terminal, options));
}

const monthArgument = () => new Argument('<month>', 'such as 2026-01').argParser(month);

function periods(ledger: Command, terminal: Terminal): void {
  ledger
    .command('close')
    .description('make a month final, for good')
    .addArgument(monthArgument())
    .addOption(reasonOption())
    .addOption(jsonOption())
    .action((of: string, options: Deed) => closeMonth(terminal, of, options));
  ledger
    .command('reopen')
    .description('refused: what becomes known of a closed month is booked in the first open one')
    .addArgument(monthArgument())
    .action((of: string) => reopenMonth(terminal, of));
  ledger
    .command('closes')
    .description('months that are final')
    .option('--verify', 'add their entries up again; exit code 1 when a close disagrees')
    .addOption(jsonOption())
    .action((options: Output & { verify?: boolean }) => listCloses(terminal, options));
}

function exports(ledger: Command, terminal: Terminal): void {
  ledger
    .command('export')
    .description('the journal for other programs, month by month')
    .addOption(new Option('--format <format>').choices(journalFormats).makeOptionMandatory())
    .addOption(new Option('--from <month>', 'first month').argParser(month))
    .addOption(new Option('--to <month>', 'last month').argParser(month))
    .addOption(tenantOption())
    .option('--output <file>', 'a new file instead of standard output')
    .action((options: ExportOptions) => exportJournal(terminal, options));
  ledger
    .command('statement')
    .description("a tenant's month, for the tenant")
    .addOption(new Option('--tenant <id>').makeOptionMandatory())
    .addOption(new Option('--month <month>').argParser(month).makeOptionMandatory())
    .addOption(new Option('--format <format>').choices(['csv', 'pdf']).default('csv'))
    .option('--output <file>', 'a new file instead of standard output')
    .action((options: StatementOptions) => statement(terminal, options));
  ledger
    .command('findings')
    .description('what checks of the books have found; exit code 1 when something is open')
    .option('--all', 'those that are gone too')
    .addOption(jsonOption())
    .action((options: FindingsOptions) => listFindings(terminal, options));
}

/** What finance and operators do to the books from a terminal, beside a running program or without one. */
export function ledgerCommand(terminal: Terminal): Command {
  const ledger = new Command('ledger').description('the double-entry books');
  ledger
    .command('rebuild')
    .description('make the journal anew from events, then put it in place of the old one')
    .addOption(reasonOption())
    .addOption(jsonOption())
    .action((options: Deed) => rebuild(terminal, options));
  reports(ledger, terminal);
  periods(ledger, terminal);
  exports(ledger, terminal);
  return ledger
    .addCommand(ledgerReplayCommand(terminal))
    .addCommand(ledgerSealCommand(terminal))
    .addCommand(ledgerSealKeyCommand(terminal))
    .addCommand(ledgerSealBundleCommand(terminal))
    .addCommand(ledgerVerifyCommand(terminal));
}
