import { Reconciliation, systemClock } from '@imprest/application';
import { paymentProviders } from '@imprest/platform';
import { ReconciliationQueries } from '@imprest/read-models';
import { Command, Option } from 'commander';
import { withEngines } from '../engines.js';
import { jsonOption } from '../events/event-options.js';
import { findingLine } from '../ledger/findings.js';
import { time } from '../ledger/ledger-options.js';
import { whole } from '../terminal/format.js';
import type { Terminal } from '../terminal/terminal.js';

interface ReconcileOptions {
  readonly since?: Date;
  readonly json?: boolean;
}

function reconcile(terminal: Terminal, { since: from, json }: ReconcileOptions): Promise<void> {
  return withEngines(terminal, async (engines) => {
    const eventStore = await engines.eventStore();
    const books = new ReconciliationQueries(await engines.dataSource());
    const assetStore = await engines.assetStore();
    const providers = paymentProviders(engines.config.payments, systemClock);
    const { signal } = terminal;
    const report = await new Reconciliation(
      eventStore,
      books,
      assetStore,
      providers,
      systemClock,
    ).run({ since: from, signal });
    const { findings, generations, payments, truncated, unanswered } = report;
    if (findings.length > 0) terminal.exitCode = 1;
    for (const finding of findings) {
      if (json) await terminal.printJson(finding);
      else await terminal.print(findingLine(finding));
    }
    if (json) {
      await terminal.printJson({ generations, payments, truncated, unanswered });
      return;
    }
    const more = truncated ? ', and more than are listed' : '';
    terminal.say(
      `${whole(generations)} generations and ${whole(payments)} payments matched; ${whole(findings.length)} differences${more}.`,
    );
    for (const name of unanswered)
      terminal.say(`${name} did not answer: its payments were not compared.`);
  });
}

/** Jobs, ledger and assets beside each other, and top-ups beside what payment providers say. */
export function reconcileCommand(terminal: Terminal): Command {
  return new Command('reconcile')
    .description(
      'match jobs, ledger and assets, and top-ups with payments; exit code 1 when they differ',
    )
    .addOption(
      new Option(
        '--since <time>',
        'only what happened from then on (ISO 8601); everything when absent',
      ).argParser(time),
    )
    .addOption(jsonOption())
    .action((options: ReconcileOptions) => reconcile(terminal, options));
}
