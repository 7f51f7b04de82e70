import { systemClock } from '@imprest/application';
import {
  type ConsumerLag,
  ConsumerQueries,
  measureLag,
  PostgresCheckpointStore,
} from '@imprest/read-models';
import { Command, Option } from 'commander';
import { type Engines, withEngines } from '../engines.js';
import { count, jsonOption } from '../events/event-options.js';
import { duration, tableLines, whole } from '../terminal/format.js';
import type { Terminal } from '../terminal/terminal.js';

interface LagOptions {
  readonly maxSeconds: number;
  readonly json?: boolean;
}

const MAX_SECONDS = 300;

function lagLines(lags: readonly ConsumerLag[]): readonly string[] {
  const right = { align: 'right' } as const;
  const columns = [
    { title: 'consumer' },
    { title: 'state' },
    { title: 'position', ...right },
    { title: 'head', ...right },
    { title: 'events behind', ...right },
    { title: 'time behind', ...right },
    { title: 'parked', ...right },
  ];
  const rows = lags.map((lag) => [
    ...[lag.consumer, lag.state, String(lag.position), String(lag.head), whole(lag.eventsBehind)],
    lag.secondsBehind === 0 ? '-' : duration(lag.secondsBehind),
    lag.parkedStreams === 0 ? '-' : whole(lag.parkedStreams),
  ]);
  return tableLines(columns, rows);
}

async function lagsOf(engines: Engines): Promise<readonly ConsumerLag[]> {
  const store = await engines.eventStore();
  const consumers = new ConsumerQueries(await engines.dataSource());
  const checkpoints = new PostgresCheckpointStore({ connectionString: engines.connectionString });
  try {
    const positions = await consumers.positions();
    const standingOf = (consumer: string) => checkpoints.standing(consumer);
    return await measureLag(store, positions, standingOf, systemClock.now());
  } finally {
    await checkpoints.close();
  }
}

/** How far each projector and reactor is behind the event store. */
export function lagCommand(terminal: Terminal): Command {
  return new Command('lag')
    .description('how far each consumer is behind the event store; exit code 1 when one is too far')
    .addOption(
      new Option('--max-seconds <seconds>', 'how old the oldest unprocessed event may be')
        .argParser(count)
        .default(MAX_SECONDS),
    )
    .addOption(jsonOption())
    .action(({ maxSeconds, json }: LagOptions) =>
      withEngines(terminal, async (engines) => {
        const lags = await lagsOf(engines);
        if (json) for (const lag of lags) await terminal.printJson(lag);
        else await terminal.print(lagLines(lags).join('\n'));
        if (lags.some(({ secondsBehind }) => secondsBehind > maxSeconds)) terminal.exitCode = 1;
      }),
    );
}
