import { writeFile } from 'node:fs/promises';
import { closedMonth, periodCloses, systemClock } from '@imprest/application';
import { periodBounds } from '@imprest/domain';
import {
  monthlyStatement,
  statementCsv,
  statementLines,
  statementPdf,
} from '@imprest/ledger-exports';
import { LedgerQueries, RevenueQueries, TenancyQueries } from '@imprest/read-models';
import { withEngines } from '../engines.js';
import { UsageError } from '../terminal/run-cli.js';
import type { Terminal } from '../terminal/terminal.js';
import { deliver } from './export-journal.js';

export interface StatementOptions {
  readonly tenant: string;
  readonly month: string;
  readonly format: 'csv' | 'pdf';
  /** Standard output when absent. */
  readonly output?: string;
}

/** A tenant's month, for the tenant. */
export function statement(terminal: Terminal, options: StatementOptions): Promise<void> {
  const { tenant: tenantId, month, format, output } = options;
  if (format === 'pdf' && output === undefined) {
    throw new UsageError('a PDF needs a file to go to: --output statement.pdf');
  }
  return withEngines(terminal, async (engines) => {
    const eventStore = await engines.eventStore();
    const dataSource = await engines.dataSource();
    const closed = (await periodCloses(eventStore)).map(closedMonth);
    const bounds = periodBounds(month, closed);
    const sums = await new RevenueQueries(dataSource).month(bounds, tenantId);
    const made = monthlyStatement(tenantId, month, bounds.upTo !== undefined, sums);
    const scope = { closed, from: month, to: month, tenantId };
    const lines = statementLines(made, new LedgerQueries(dataSource).export(scope));
    if (format === 'csv') {
      await deliver(terminal, statementCsv(made, lines), output);
      return;
    }
    const tenant = await new TenancyQueries(dataSource).tenant(tenantId);
    const tenantName = tenant?.name ?? tenantId;
    const madeAt = systemClock.now().toISOString();
    const pdf = await statementPdf(made, lines, { issuer: 'Imprest', tenantName, madeAt });
    await writeFile(output as string, pdf, { flag: 'wx' });
  });
}
