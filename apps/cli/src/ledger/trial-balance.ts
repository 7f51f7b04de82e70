import { decimalAmount } from '@imprest/domain';
import { isBalanced, LedgerQueries } from '@imprest/read-models';
import { withEngines } from '../engines.js';
import { tableLines } from '../terminal/format.js';
import type { Terminal } from '../terminal/terminal.js';

export interface TrialBalanceOptions {
  readonly json?: boolean;
  readonly tenant?: string;
  readonly asOf?: Date;
  readonly knownAt?: Date;
}

interface Money {
  readonly currency: string;
  readonly minorUnits: string;
}

const right = { align: 'right' } as const;

/** One column a currency, in the order of their names. */
export function moneyCells(currencies: readonly string[], money: readonly Money[]): string[] {
  return currencies.map((currency) => {
    const amount = money.find((each) => each.currency === currency);
    if (amount === undefined) return '';
    return decimalAmount({ currency, minorUnits: BigInt(amount.minorUnits) });
  });
}

export function trialBalance(
  terminal: Terminal,
  { json, tenant, asOf, knownAt }: TrialBalanceOptions,
): Promise<void> {
  return withEngines(terminal, async (engines) => {
    const ledger = new LedgerQueries(await engines.dataSource());
    const balance = await ledger.trialBalance({ tenantId: tenant, asOf, knownAt });
    if (!isBalanced(balance)) terminal.exitCode = 1;
    if (json) {
      await terminal.printJson(balance);
      return;
    }
    const currencies = balance.totalMoney.map(({ currency }) => currency).sort();
    const columns = [
      { title: 'class' },
      { title: 'accounts', ...right },
      { title: 'tokens', ...right },
      ...currencies.map((title) => ({ title, ...right })),
    ];
    const rows = balance.classes.map(({ accountClass, accounts, tokens, money }) => [
      ...[accountClass, String(accounts), tokens],
      ...moneyCells(currencies, money),
    ]);
    const total = ['total', '', balance.total, ...moneyCells(currencies, balance.totalMoney)];
    await terminal.print(tableLines(columns, [...rows, total]).join('\n'));
  });
}
