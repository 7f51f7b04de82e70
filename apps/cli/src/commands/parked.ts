import { newId, type ParkedStream, Parking, systemClock } from '@imprest/application';
import { PostgresParkedStreams } from '@imprest/read-models';
import { Command, Option } from 'commander';
import { type Engines, withEngines } from '../engines.js';
import { count, jsonOption } from '../events/event-options.js';
import { moment, tableLines } from '../terminal/format.js';
import { orRefusal } from '../terminal/or-refusal.js';
import { UsageError } from '../terminal/run-cli.js';
import type { Terminal } from '../terminal/terminal.js';

interface ListOptions {
  readonly consumer?: string;
  readonly limit: number;
  readonly json?: boolean;
}

interface DecisionOptions {
  readonly reason: string;
  readonly json?: boolean;
}

type Decision = 'retry' | 'skip';

const LIMIT = 100;

async function withParking(
  terminal: Terminal,
  work: (parking: Parking) => Promise<void>,
): Promise<void> {
  await withEngines(terminal, async (engines: Engines) => {
    const { connectionString } = engines;
    const streams = new PostgresParkedStreams({ connectionString });
    try {
      const runner = engines.runner(await engines.eventStore());
      await work(new Parking(runner, streams, systemClock));
    } finally {
      await streams.close();
    }
  });
}

function lines(parked: readonly ParkedStream[]): readonly string[] {
  const right = { align: 'right' } as const;
  const columns = [
    { title: 'id' },
    { title: 'consumer' },
    { title: 'stream' },
    { title: 'revision', ...right },
    { title: 'type' },
    { title: 'attempts', ...right },
    { title: 'since' },
    { title: 'asked for' },
    { title: 'reason' },
  ];
  const rows = parked.map((each) => [
    ...[each.id, each.consumer, each.stream, String(each.revision), each.eventType],
    ...[String(each.attempts), moment(each.parkedAt), each.request?.action ?? '-', each.reason],
  ]);
  return tableLines(columns, rows);
}

async function list(terminal: Terminal, { json, ...filter }: ListOptions): Promise<void> {
  await withParking(terminal, async (parking) => {
    const { items } = await parking.list(filter);
    if (json) for (const parked of items) await terminal.printJson(parked);
    else if (items.length === 0) await terminal.print('No stream is parked.');
    else await terminal.print(lines(items).join('\n'));
    if (items.length > 0) terminal.exitCode = 1;
  });
}

async function decide(
  terminal: Terminal,
  decision: Decision,
  id: string,
  { reason, json }: DecisionOptions,
): Promise<void> {
  if (reason.trim() === '') throw new UsageError('--reason must say why');
  const requestId = newId('req', systemClock.now().getTime());
  const actor = { kind: 'operator', id: 'cli' } as const;
  const context = { correlationId: requestId, causationId: requestId, actor };
  await withParking(terminal, (parking) =>
    orRefusal(terminal, async () => {
      const parked = await parking[decision](id, reason, context);
      if (json) return terminal.printJson(parked);
      const { consumer, stream, revision } = parked;
      await terminal.print(
        `${consumer} will ${decision} revision ${revision} of ${stream} within seconds.`,
      );
    }),
  );
}

/** Streams that wait because a consumer cannot process an event. */
export function parkedCommand(terminal: Terminal): Command {
  const parked = new Command('parked').description(
    'streams that wait because a consumer cannot process an event',
  );
  const reason = () => new Option('--reason <text>', 'goes on record').makeOptionMandatory(true);
  parked
    .command('list')
    .description('parked streams, parked last first; exit code 1 when there are any')
    .option('--consumer <name>', 'of one consumer only')
    .addOption(new Option('--limit <count>', 'at most this many').argParser(count).default(LIMIT))
    .addOption(jsonOption())
    .action((options: ListOptions) => list(terminal, options));
  parked
    .command('retry <id>')
    .description('have the consumer try again, and go on with what waits when it succeeds')
    .addOption(reason())
    .addOption(jsonOption())
    .action((id: string, options: DecisionOptions) => decide(terminal, 'retry', id, options));
  parked
    .command('skip <id>')
    .description('have a reactor do without this one event; projectors never skip')
    .addOption(reason())
    .addOption(jsonOption())
    .action((id: string, options: DecisionOptions) => decide(terminal, 'skip', id, options));
  return parked;
}
