import type { ReadReq } from '@eventstore/db-client/generated/streams_pb.js';
import type { StoredEvent } from '../log/stored-event.js';

export type EventFilter = (event: StoredEvent) => boolean;

/** What the server takes when a filter names no window of its own. */
const DEFAULT_WINDOW = 32;

export interface FilterOptions {
  readonly passes: EventFilter;
  /** Events looked at after which a subscription tells a checkpoint. */
  readonly checkpointInterval: number;
  readonly window: number;
}

/** Undefined: everything passes, and no checkpoint is told. */
export function filterOptions(options: ReadReq.Options): FilterOptions | undefined {
  const filter = options.getFilter();
  if (filter === undefined) return undefined;
  const onStream = filter.getStreamIdentifier();
  const expression = onStream ?? filter.getEventType();
  const subject = (event: StoredEvent) => (onStream === undefined ? event.type : event.stream);
  const regex = expression?.getRegex() ?? '';
  const prefixes = expression?.getPrefixList() ?? [];
  const window = filter.hasMax() ? filter.getMax() : DEFAULT_WINDOW;
  const pattern = regex === '' ? undefined : new RegExp(regex);
  const passes: EventFilter = (event) =>
    pattern === undefined
      ? prefixes.some((prefix) => subject(event).startsWith(prefix))
      : pattern.test(subject(event));
  const checkpointInterval = window * filter.getCheckpointintervalmultiplier();
  return { passes, window, checkpointInterval };
}
