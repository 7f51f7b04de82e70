import { systemClock } from '@imprest/application';
import { ConsumerQueries } from '@imprest/read-models';
import { Command, Option } from 'commander';
import { withEngines } from '../engines.js';
import { count, jsonOption } from '../events/event-options.js';
import { type ConsumerLag, measureLag } from '../lag/measure-lag.js';
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
  ];
  const rows = lags.map(({ consumer, state, position, head, eventsBehind, secondsBehind }) => [
    ...[consumer, state, String(position), String(head), whole(eventsBehind)],
    secondsBehind === 0 ? '-' : duration(secondsBehind),
  ]);
  return tableLines(columns, rows);
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
        const store = await engines.eventStore();
        const consumers = new ConsumerQueries(await engines.dataSource());
        const lags = await measureLag(store, await consumers.positions(), systemClock.now());
        if (json) for (const lag of lags) await terminal.printJson(lag);
        else await terminal.print(lagLines(lags).join('\n'));
        if (lags.some(({ secondsBehind }) => secondsBehind > maxSeconds)) terminal.exitCode = 1;
      }),
    );
}
