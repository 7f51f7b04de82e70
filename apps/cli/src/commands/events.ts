import type { EventStore } from '@imprest/application';
import { Command, Option } from 'commander';
import { withEngines } from '../engines.js';
import {
  categoryOption,
  count,
  jsonOption,
  position,
  withFilterOptions,
  withTimeOptions,
} from '../events/event-options.js';
import { type GrepOptions, grep } from '../events/grep.js';
import { type StreamOptions, show, showStream } from '../events/show.js';
import { type StatsOptions, stats } from '../events/stats.js';
import { type TailOptions, tail } from '../events/tail.js';
import { trace } from '../events/trace.js';
import type { Terminal } from '../terminal/terminal.js';

type Work<Args extends readonly unknown[]> = (
  terminal: Terminal,
  store: EventStore,
  ...args: Args
) => Promise<void>;

/** The event store for as long as a command works. */
function onStore<Args extends readonly unknown[]>(terminal: Terminal, work: Work<Args>) {
  return (...args: Args) =>
    withEngines(terminal, async (engines) => work(terminal, await engines.eventStore(), ...args));
}

const fromPosition = () =>
  new Option('--from <position>', 'after this position of the store').argParser(position);
const limit = () => new Option('--limit <count>', 'end after so many events').argParser(count);
const startOrPosition = (text: string) => (text === 'start' ? 'start' : position(text));

/** One request through all services. */
export function traceCommand(terminal: Terminal): Command {
  return new Command('trace')
    .description('one request through all services, in time order')
    .argument('<id>', 'correlation id (the X-Request-Id of the request), or the id of a generation')
    .addOption(fromPosition())
    .addOption(jsonOption())
    .action(onStore(terminal, trace));
}

/** What is in the event store, whichever engine it is. */
export function eventsCommand(terminal: Terminal): Command {
  const events = new Command('events').description('what is in the event store');
  withFilterOptions(events.command('tail'))
    .description('print events as they are appended, until Ctrl-C')
    .addOption(
      new Option(
        '--from <position>',
        'after this position, or `start`; the end when absent',
      ).argParser(startOrPosition),
    )
    .addOption(limit())
    .addOption(jsonOption())
    .action(onStore<[TailOptions]>(terminal, tail));
  events
    .command('stream')
    .description('print one stream, oldest event first')
    .argument('<name>', 'such as generation-req_…')
    .addOption(new Option('--from <revision>', 'first revision to print').argParser(count))
    .addOption(limit())
    .option('--backwards', 'newest event first')
    .addOption(jsonOption())
    .action(onStore<[string, StreamOptions]>(terminal, showStream));
  events
    .command('show')
    .description('print one event whole; personal data stays sealed')
    .argument(
      '<event>',
      'STREAM@REVISION, or the id of the event, which takes a look at all events',
    )
    .addOption(jsonOption())
    .action(onStore<[string, { json?: boolean }]>(terminal, show));
  withTimeOptions(withFilterOptions(events.command('grep')))
    .description('print all events that fit; exit code 1 when none does')
    .addOption(fromPosition())
    .addOption(limit())
    .addOption(jsonOption())
    .action(onStore<[GrepOptions]>(terminal, grep));
  withTimeOptions(events.command('stats'))
    .description('count events')
    .addOption(
      new Option('--by <what>', 'what to count by')
        .choices(['category', 'type', 'day'])
        .default('type'),
    )
    .addOption(categoryOption())
    .addOption(jsonOption())
    .action(onStore<[StatsOptions]>(terminal, stats));
  return events;
}
