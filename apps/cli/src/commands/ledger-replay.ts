import { accountClass, accountClasses } from '@imprest/domain';
import {
  type Replay,
  type ReplayComparison,
  type ReplayDifference,
  replayDifferences,
  replayLedger,
} from '@imprest/read-models';
import { Command, InvalidArgumentError } from 'commander';
import { type Engines, withEngines } from '../engines.js';
import { jsonOption } from '../events/event-options.js';
import { type Column, tableLines, whole } from '../terminal/format.js';
import { ProgressDisplay } from '../terminal/progress-line.js';
import type { Terminal } from '../terminal/terminal.js';

interface Options {
  readonly account?: string;
  readonly to?: bigint | Date;
  readonly compare?: boolean;
  readonly state?: string;
  readonly json?: boolean;
}

const SHOWN = 50;

/** `4711` is a position, anything else a time. */
function positionOrTime(text: string): bigint | Date {
  if (/^\d{1,19}$/.test(text)) return BigInt(text);
  const time = new Date(text);
  if (!Number.isNaN(time.getTime())) return time;
  throw new InvalidArgumentError('expected a position, or a time such as 2026-01-15T09:00Z.');
}

async function replay(terminal: Terminal, engines: Engines, options: Options): Promise<void> {
  const { account: tenantId, to, state: stateFile } = options;
  const display = new ProgressDisplay(terminal);
  const replayed = await replayLedger({
    ...{ eventStore: await engines.eventStore(), tenantId, to, stateFile },
    ...{ onProgress: display.show, signal: terminal.signal },
  }).finally(() => display.end());
  if (!replayed.finished) {
    const next = stateFile === undefined ? '' : '; the same command goes on from there';
    terminal.say(`Stopped at position ${replayed.position}${next}.`);
    return;
  }
  const comparison = options.compare ? await compare(engines, replayed, options) : undefined;
  if (comparison !== undefined && comparison.differences.length > 0) terminal.exitCode = 1;
  if (options.json) await terminal.printJson(asJson(replayed, comparison));
  else await terminal.print(report(replayed, comparison, options).join('\n'));
}

/** With what the journal has now, or had at the end that was asked for. */
async function compare(engines: Engines, { books, position }: Replay, options: Options) {
  const dataSource = await engines.dataSource();
  const at = options.to === undefined ? undefined : position;
  return replayDifferences(books, { dataSource, tenantId: options.account, at });
}

function asJson(
  { books, events, position, seconds, resumedAt }: Replay,
  compared?: ReplayComparison,
) {
  return {
    ...{ events, position, seconds, resumedAt },
    accounts: books.accountRows(),
    lots: books.lotRows(),
    balances: books.balanceRows(),
    ...(compared && { comparison: compared }),
  };
}

function report(
  { books, events, position, seconds, resumedAt }: Replay,
  comparison: ReplayComparison | undefined,
  { account }: Options,
): readonly string[] {
  const rate = whole(Math.round(events / Math.max(seconds, 0.001)));
  const resumed = resumedAt === undefined ? '' : `, going on from position ${resumedAt}`;
  return [
    ...(account === undefined
      ? classLines(books.balanceRows())
      : accountLines(books.balanceRows())),
    '',
    `${whole(events)} events of ${whole(books.size)} accounts up to position ${position}, ${rate} events/s${resumed}.`,
    ...(comparison === undefined ? [] : comparisonLines(comparison)),
  ];
}

type Balances = ReturnType<Replay['books']['balanceRows']>;
const right = { align: 'right' } as const;
const amounts: readonly Column[] = [
  { title: 'tokens', ...right },
  { title: 'minor units', ...right },
  { title: 'currency' },
];

function classLines(balances: Balances): readonly string[] {
  const sums = new Map<string, [tokens: bigint, money: bigint]>();
  for (const { account, currency, tokens, minorUnits } of balances) {
    const key = `${accountClass(account)}\n${currency}`;
    const [allTokens, allMoney] = sums.get(key) ?? [0n, 0n];
    sums.set(key, [allTokens + tokens, allMoney + minorUnits]);
  }
  const rank = (key: string) => accountClasses.indexOf(accountClass(key.split('\n')[0] as string));
  const rows = [...sums]
    .sort(([a], [b]) => rank(a) - rank(b))
    .map(([key, [tokens, money]]) => {
      const [name, currency] = key.split('\n') as [string, string];
      return [name, whole(tokens), currency === '' ? '' : whole(money), currency];
    });
  const total = balances.reduce((sum, { tokens }) => sum + tokens, 0n);
  return tableLines([{ title: 'class' }, ...amounts], [...rows, ['total', whole(total), '', '']]);
}

function accountLines(balances: Balances): readonly string[] {
  const rows = balances.map(({ account, currency, tokens, minorUnits }) => [
    ...[account, whole(tokens), currency === '' ? '' : whole(minorUnits), currency],
  ]);
  return tableLines([{ title: 'account' }, ...amounts], rows);
}

function comparisonLines({ balances, elsewhere, differences }: ReplayComparison) {
  const lines = differences.slice(0, SHOWN).map(differenceLine);
  if (differences.length > SHOWN) lines.push(`and ${differences.length - SHOWN} more`);
  lines.push(
    differences.length === 0
      ? `The journal says the same: ${whole(balances)} balances.`
      : `${whole(differences.length)} of ${whole(balances)} balances DIFFER.`,
  );
  if (elsewhere.length > 0) {
    lines.push(`${whole(elsewhere.length)} accounts moved on meanwhile and were left out.`);
  }
  return lines;
}

function differenceLine({
  tenantId,
  account,
  currency,
  journal,
  replay,
}: ReplayDifference): string {
  const words = (side: ReplayDifference['journal']) =>
    side === null ? 'nothing' : `${side.tokens} tokens, ${side.minorUnits} ${currency}`.trim();
  return `${tenantId} ${account}: journal ${words(journal)}; events ${words(replay)}`;
}

export function ledgerReplayCommand(terminal: Terminal): Command {
  return new Command('replay')
    .description('balances from events alone, beside what the journal says')
    .option('--account <tenant>', 'of one account only')
    .option('--to <time|position>', 'up to and with this moment or position', positionOrTime)
    .option('--compare', 'show where the journal differs; exit code 1 when it does')
    .option('--state <file>', 'keep what was done here, and go on from it when interrupted')
    .addOption(jsonOption())
    .action((options: Options) =>
      withEngines(terminal, (engines) => replay(terminal, engines, options)),
    );
}
