import type { RecordedEvent, StoredEvent } from '@imprest/event-catalogue';
import type { StandbyPhase } from './standby.js';

/** Another process works on the tables beside those of this projector. */
export class RebuildUnderWay extends Error {
  override readonly name = 'RebuildUnderWay';
  constructor(projector: string) {
    super(`${projector} is being rebuilt or switched by another process`);
  }
}

/** The projector fails at one event: its code has to be put right before a build can pass it. */
export class EventNotProjected extends Error {
  override readonly name = 'EventNotProjected';
  constructor(projector: string, event: StoredEvent | RecordedEvent, cause: unknown) {
    const { stream, revision, type, position } = event;
    const why = cause instanceof Error ? `${cause.name}: ${cause.message}` : String(cause);
    super(`${projector} fails at ${stream}@${revision} (${type}, position ${position}): ${why}`, {
      cause,
    });
  }
}

/** The tables that a switch replaced are still there, and a new build would lose them. */
export class OldTablesKept extends Error {
  override readonly name = 'OldTablesKept';
  constructor(projector: string) {
    super(
      `${projector} still has the tables that were replaced last: drop them before a new build`,
    );
  }
}

/** A migration changed the live tables since the tables beside them were made. */
export class StandbyOutdated extends Error {
  override readonly name = 'StandbyOutdated';
  constructor(projector: string) {
    super(
      `the tables beside those of ${projector} have other columns by now: build them from the start`,
    );
  }
}

/** There are no tables of the kind that is asked for. */
export class NothingToSwitchTo extends Error {
  override readonly name = 'NothingToSwitchTo';
  constructor(projector: string, wanted: StandbyPhase, found: StandbyPhase | undefined) {
    const present = found === undefined ? 'there are none' : `those there are ${found}`;
    super(`${projector} has no tables beside the live ones that are ${wanted}: ${present}`);
  }
}

/** Readers held the live tables all the time. */
export class TablesBusy extends Error {
  override readonly name = 'TablesBusy';
  constructor(table: string, attempts: number) {
    super(
      `${table} was in use at each of ${attempts} attempts to lock it: end long queries, then try again`,
    );
  }
}
