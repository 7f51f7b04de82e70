import type { RedriveReport } from '@imprest/application';
import { type FailureClass, failureClasses } from '@imprest/domain';
import { DeadLetterQueries, type DeadLetterView } from '@imprest/read-models';
import { Command, Option } from 'commander';
import { withRedriving } from '../dead-letters/redriving.js';
import { withEngines } from '../engines.js';
import { count, jsonOption, time } from '../events/event-options.js';
import { operatorAtTerminal } from '../ledger/operator-at-terminal.js';
import { tableLines } from '../terminal/format.js';
import { UsageError } from '../terminal/run-cli.js';
import type { Terminal } from '../terminal/terminal.js';

interface Selecting {
  readonly tenant?: string;
  readonly model?: string;
  readonly class?: FailureClass;
  readonly since?: Date;
}

interface ListOptions extends Selecting {
  readonly limit: number;
  readonly all?: boolean;
  readonly json?: boolean;
}

interface RedriveOptions extends Selecting {
  readonly reason: string;
  readonly limit: number;
  readonly json?: boolean;
}

const LIMIT = 100;

const selectionOf = ({ tenant: tenantId, model, class: failureClass, since }: Selecting) => ({
  ...{ tenantId, model, failureClass, since },
});

function lines(letters: readonly DeadLetterView[]): readonly string[] {
  const columns = [
    { title: 'id' },
    { title: 'tenant' },
    { title: 'model' },
    { title: 'class' },
    { title: 'attempts', align: 'right' } as const,
    { title: 'since' },
    { title: 'redriven as' },
    { title: 'message' },
  ];
  const rows = letters.map((each) => [
    ...[each.id, each.tenantId ?? '-', each.model ?? '-', each.failureClass],
    ...[String(each.attempts), each.deadLetteredAt, each.redrivenAs ?? '-', each.message],
  ]);
  return tableLines(columns, rows);
}

async function list(terminal: Terminal, options: ListOptions): Promise<void> {
  const { limit, all, json } = options;
  await withEngines(terminal, async (engines) => {
    const queries = new DeadLetterQueries(await engines.dataSource());
    const selection = { ...selectionOf(options), ...(!all && { redriven: false }) };
    const { items } = await queries.list({ ...selection, limit });
    if (json) for (const letter of items) await terminal.printJson(letter);
    else if (items.length === 0) await terminal.print('No dead letters.');
    else await terminal.print(lines(items).join('\n'));
    if (items.length > 0) terminal.exitCode = 1;
  });
}

async function tell(
  terminal: Terminal,
  { redriven, refused }: RedriveReport,
  json: boolean | undefined,
): Promise<void> {
  if (json) for (const each of [...redriven, ...refused]) await terminal.printJson(each);
  else {
    for (const { redriveOf, id, held } of redriven) {
      await terminal.print(`${redriveOf} is done once more as ${id}, ${held} tokens held`);
    }
    for (const { redriveOf, error } of refused) {
      terminal.say(`imprest: ${redriveOf}: ${error.message}`);
    }
    if (redriven.length + refused.length === 0) await terminal.print('No dead letters.');
  }
  if (refused.length > 0) terminal.exitCode = 1;
}

async function redrive(
  terminal: Terminal,
  ids: readonly string[],
  options: RedriveOptions,
): Promise<void> {
  const { reason, limit, json } = options;
  if (reason.trim() === '') throw new UsageError('--reason must say why');
  const selection = selectionOf(options);
  const isSelection = Object.values(selection).some((value) => value !== undefined);
  if (isSelection === ids.length > 0) {
    throw new UsageError('name ids, or one of --tenant, --model, --class and --since, not both');
  }
  await withEngines(terminal, async (engines) => {
    const queries = new DeadLetterQueries(await engines.dataSource());
    const chosen = isSelection ? await queries.waiting(selection, limit) : ids;
    const report = await withRedriving(engines, (redrives) =>
      redrives.redrive(chosen, reason, operatorAtTerminal()),
    );
    await tell(terminal, report, json);
  });
}

function selecting(command: Command): Command {
  return command
    .option('--tenant <id>', 'of one tenant only')
    .option('--model <alias>', 'of one model only')
    .addOption(
      new Option('--class <class>', 'of one class of failure only').choices(failureClasses),
    )
    .addOption(new Option('--since <time>', 'given up then or later (ISO 8601)').argParser(time));
}

const limitOption = () =>
  new Option('--limit <count>', 'at most this many').argParser(count).default(LIMIT);

/** Work that has failed for good, and doing it once more. */
export function deadLettersCommand(terminal: Terminal): Command {
  const letters = new Command('dead-letters').description('work that has failed for good');
  selecting(letters.command('list'))
    .description(
      'dead letters that were not redriven, newest first; exit code 1 when there are any',
    )
    .option('--all', 'those that were redriven as well')
    .addOption(limitOption())
    .addOption(jsonOption())
    .action((options: ListOptions) => list(terminal, options));
  selecting(letters.command('redrive [ids...]'))
    .description(
      'do dead letters once more, each as a new request with a hold of its own; exit code 1 when one is refused',
    )
    .addOption(new Option('--reason <text>', 'goes on record').makeOptionMandatory(true))
    .addOption(limitOption())
    .addOption(jsonOption())
    .action((ids: readonly string[], options: RedriveOptions) => redrive(terminal, ids, options));
  return letters;
}
