import type { ReadReq } from '@eventstore/db-client/generated/streams_pb.js';
import streamsMessages from '@eventstore/db-client/generated/streams_pb.js';
import { status } from '@grpc/grpc-js';
import type { Faults } from '../faults.js';
import type { EventLog } from '../log/event-log.js';
import type { StoredEvent } from '../log/stored-event.js';
import { filterOptions } from './event-filter.js';
import { eventMessage, streamName, streamNotFoundMessage } from './event-messages.js';
import { callError, streamDeletedError } from './protocol-errors.js';
import { type ReadCall, ReadOutput } from './read-output.js';
import { subscribe } from './subscribe.js';

const BACKWARDS = streamsMessages.ReadReq.Options.ReadDirection.BACKWARDS;

export interface ReadServices {
  readonly log: EventLog;
  readonly faults: Faults;
}

/** One call for everything that reads: a stream or all, either way, once or for ever, filtered or not. */
export async function read(call: ReadCall, { log, faults }: ReadServices): Promise<void> {
  const options = call.request.getOptions() as ReadReq.Options;
  const output = new ReadOutput(call, faults);
  try {
    if (options.hasSubscription()) await follow(options, log, output);
    else if (options.hasStream()) await readStream(options, log, output);
    else await readAll(options, log, output);
    output.end();
  } catch (error) {
    // With `destroy` the client would wait for ever.
    call.emit('error', error);
  }
}

async function readStream(
  options: ReadReq.Options,
  log: EventLog,
  output: ReadOutput,
): Promise<void> {
  const from = options.getStream() as ReadReq.Options.StreamOptions;
  const name = streamName(from.getStreamIdentifier());
  const stream = log.stream(name);
  if (stream?.tombstoned) throw streamDeletedError(name);
  if (stream === undefined || stream.firstRevision >= stream.events.length) {
    await output.send(streamNotFoundMessage(name));
    return;
  }
  const { events, firstRevision } = stream;
  const last = events.length - 1;
  const backwards = options.getReadDirection() === BACKWARDS;
  const asked = from.hasRevision() ? Number(from.getRevision()) : undefined;
  const start = from.hasEnd() ? last : (asked ?? (backwards ? last : 0));
  const step = backwards ? -1 : 1;
  let at = backwards ? Math.min(start, last) : Math.max(start, firstRevision);
  for (let left = Number(options.getCount()); left > 0; left -= 1) {
    const event = events[at];
    if (event === undefined || at < firstRevision) return;
    if (!(await output.send(eventMessage(event)))) return;
    at += step;
  }
}

async function readAll(options: ReadReq.Options, log: EventLog, output: ReadOutput) {
  const backwards = options.getReadDirection() === BACKWARDS;
  const passes = filterOptions(options)?.passes ?? (() => true);
  const end = log.length;
  // Backwards, the event at the position itself is not read.
  let at = backwards ? startOf(options, log) - 1 : startOf(options, log);
  let left = Number(options.getCount());
  while (left > 0 && at >= 0 && at < end) {
    const event = log.at(at);
    at += backwards ? -1 : 1;
    if (!passes(event)) continue;
    left -= 1;
    if (!(await output.send(eventMessage(event)))) return;
  }
}

async function follow(options: ReadReq.Options, log: EventLog, output: ReadOutput): Promise<void> {
  const filter = filterOptions(options);
  if (!options.hasStream()) {
    const start = startOf(options, log);
    // The event at the position was seen: a subscription begins behind it.
    const from = options.getAll()?.hasPosition() ? start + 1 : start;
    return subscribe({ log, output, from, filter });
  }
  const stream = options.getStream() as ReadReq.Options.StreamOptions;
  const name = streamName(stream.getStreamIdentifier());
  if (log.stream(name)?.tombstoned) throw streamDeletedError(name);
  const after = stream.hasRevision() ? Number(stream.getRevision()) : -1;
  const wanted = (event: StoredEvent) => event.stream === name && event.revision > after;
  return subscribe({ log, output, from: stream.hasEnd() ? log.length : 0, filter, wanted });
}

/** Index of the first event at or after the position asked for. */
function startOf(options: ReadReq.Options, log: EventLog): number {
  const all = options.getAll() as ReadReq.Options.AllOptions;
  if (all.hasEnd()) return log.length;
  const position = all.getPosition();
  if (position === undefined) return 0;
  const index = log.indexOf(Number(position.getCommitPosition()));
  if (index === undefined) {
    throw callError(status.INVALID_ARGUMENT, 'Invalid position: no record begins there.');
  }
  return index;
}
