import { RELAY_LOCK, type RelayLag, relayLag, systemClock } from '@imprest/application';
import { PostgresLocks } from '@imprest/exclusive-locks-postgres';
import { PostgresRelayPosition } from '@imprest/read-models';
import { Command, Option } from 'commander';
import { type Engines, withEngines } from '../engines.js';
import { count, jsonOption, position } from '../events/event-options.js';
import { duration, whole } from '../terminal/format.js';
import { UsageError } from '../terminal/run-cli.js';
import type { Terminal } from '../terminal/terminal.js';

interface StatusOptions {
  readonly maxSeconds: number;
  readonly json?: boolean;
}

interface RewindOptions {
  readonly to: bigint;
  readonly json?: boolean;
}

interface Status extends RelayLag {
  readonly leader: string | null;
  readonly position: bigint;
}

const MAX_SECONDS = 60;

async function withPosition<T>(
  terminal: Terminal,
  work: (relayPosition: PostgresRelayPosition, engines: Engines) => Promise<T>,
): Promise<T> {
  return withEngines(terminal, async (engines) => {
    if (engines.config.messageBus.kind !== 'kafka') {
      throw new UsageError('events are relayed with MESSAGE_BUS=kafka://… only');
    }
    const { connectionString } = engines;
    const relayPosition = new PostgresRelayPosition({ connectionString });
    try {
      return await work(relayPosition, engines);
    } finally {
      await relayPosition.close();
    }
  });
}

function statusLines({ leader, position, head, events, more, seconds }: Status): string {
  return [
    `leader         ${leader ?? 'none'}`,
    `position       ${position}`,
    `head           ${head}`,
    `events behind  ${whole(events)}${more ? ' or more' : ''}`,
    `time behind    ${seconds === 0 ? '-' : duration(seconds)}`,
  ].join('\n');
}

async function status(terminal: Terminal, { maxSeconds, json }: StatusOptions): Promise<void> {
  await withPosition(terminal, async (relayPosition, engines) => {
    const store = await engines.eventStore();
    const locks = new PostgresLocks({ connectionString: engines.connectionString });
    const leader = (await locks.holder(RELAY_LOCK)) ?? null;
    const reached = await relayPosition.load();
    const lag = await relayLag(store, systemClock, reached);
    const found = { leader, position: reached, ...lag };
    if (json) await terminal.printJson(found);
    else await terminal.print(statusLines(found));
    if (leader === null || found.seconds > maxSeconds) terminal.exitCode = 1;
  });
}

async function rewind(terminal: Terminal, { to, json }: RewindOptions): Promise<void> {
  await withPosition(terminal, async (relayPosition) => {
    const from = await relayPosition.load();
    if (to > from) {
      throw new UsageError(`the relay is at ${from}: it goes back, and never leaves events out`);
    }
    await relayPosition.rewind(to);
    if (json) return terminal.printJson({ from, to });
    return terminal.print(
      `The relay goes on from ${to} instead of ${from}: consumers drop what they have.`,
    );
  });
}

/** The way of events from the store to Kafka: one process relays, the others stand by. */
export function relayCommand(terminal: Terminal): Command {
  const relay = new Command('relay').description('the way of events from the store to Kafka');
  relay
    .command('status')
    .description('who relays and how far; exit code 1 when nobody does or events wait too long')
    .addOption(
      new Option('--max-seconds <seconds>', 'how old the oldest event that waits may be')
        .argParser(count)
        .default(MAX_SECONDS),
    )
    .addOption(jsonOption())
    .action((options: StatusOptions) => status(terminal, options));
  relay
    .command('rewind')
    .description('send events to Kafka again, all behind a position')
    .addOption(
      new Option('--to <position>', 'in the event store; 0 for everything')
        .argParser(position)
        .makeOptionMandatory(),
    )
    .addOption(jsonOption())
    .action((options: RewindOptions) => rewind(terminal, options));
  return relay;
}
