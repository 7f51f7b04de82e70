import { EventStoreUnavailable } from '@imprest/application';
import type { RecordedEvent } from '@imprest/event-catalogue';
import type { Connection } from '../connection/connection.js';
import { unavailable } from '../connection/describe-error.js';
import type { PositionMap } from '../positions/position-map.js';
import { FollowedEvents } from '../subscribe/followed-events.js';
import { IncomingMessages } from './incoming-messages.js';
import { subscribeRequest } from './read-request.js';

export interface ToldRange {
  /** Exclusive. */
  readonly after: bigint;
  /** Inclusive; no later than the head was when this began. */
  readonly upTo: bigint;
  readonly categories: readonly string[] | undefined;
  readonly pageSize: number;
  readonly onLook: (position: bigint) => boolean;
}

export interface ToldRangeServices {
  readonly connection: Connection;
  readonly positions: PositionMap;
  /** Position of the first event of the categories after one; undefined when there is none. */
  readonly firstAfter: (
    after: bigint,
    categories: readonly string[] | undefined,
  ) => Promise<bigint | undefined>;
  readonly answerTimeoutMs: number;
}

/** While the server searches it says nothing; the reader is asked so often whether it is to go on. */
const QUIET_MS = 200;

/**
 * A range of the store whose reader is told how far it is. A filtered read says nothing between two events that pass; a
 * filtered subscription says how far it has looked, so this is one, up to where it has caught up.
 * @throws EventStoreUnavailable
 */
export async function* readToldRange(
  services: ToldRangeServices,
  range: ToldRange,
): AsyncGenerator<readonly RecordedEvent[]> {
  const { connection, positions, answerTimeoutMs } = services;
  const { after, upTo, categories, pageSize, onLook } = range;
  let incoming: IncomingMessages | undefined;
  try {
    const request = subscribeRequest(positions.serverPosition(after), categories);
    incoming = new IncomingMessages(await connection.openRead(request), 2 * pageSize);
    const followed = new FollowedEvents(incoming, after, pageSize, positions, 'each');
    let position = after;
    let heardAt = performance.now();
    while (position < upTo) {
      const batch = await followed.next(QUIET_MS);
      if (batch !== undefined) {
        heardAt = performance.now();
        position = batch.position;
        const events = batch.events.filter((event) => event.position <= upTo);
        if (events.length > 0) yield events;
      } else if (performance.now() - heardAt > answerTimeoutMs) {
        throw new EventStoreUnavailable(`no answer of the event store in ${answerTimeoutMs} ms`);
      }
      if (followed.isLive && !(await isOwed(services, { position, upTo, categories }))) return;
      if (position < upTo && !onLook(position)) return;
    }
  } catch (error) {
    throw unavailable(error);
  } finally {
    incoming?.cancel();
  }
}

/** For what the filter leaves out behind the last event the server tells nothing; whether anything is left is looked up. */
async function isOwed(
  { firstAfter }: ToldRangeServices,
  { position, upTo, categories }: Pick<ToldRange, 'upTo' | 'categories'> & { position: bigint },
): Promise<boolean> {
  if (position >= upTo) return false;
  const next = await firstAfter(position, categories);
  return next !== undefined && next <= upTo;
}
