import type { EventStore } from '@imprest/application';
import { type Built, ProjectionRebuild, resultOf, type TableProjector } from '@imprest/read-models';
import { whole } from '../terminal/format.js';
import type { OnRecord, Reasoned } from '../terminal/on-record.js';
import { ProgressDisplay } from '../terminal/progress-line.js';
import type { Terminal } from '../terminal/terminal.js';

export interface RebuildOptions extends Reasoned {
  readonly restart?: boolean;
  readonly switch?: boolean;
  readonly dropOld?: boolean;
  readonly json?: boolean;
}

export interface Stores {
  readonly eventStore: EventStore;
  readonly connectionString: string;
  readonly onRecord: OnRecord;
}

/** Builds the tables of one projector beside the live ones, and puts them in place if that is asked for too. */
export async function rebuildOne(
  terminal: Terminal,
  stores: Stores,
  projector: TableProjector,
  options: RebuildOptions,
): Promise<void> {
  const { restart, json, reason = null } = options;
  const { onRecord } = stores;
  const { name: subject } = projector;
  const rebuild = new ProjectionRebuild({ projector, ...stores });
  const display = new ProgressDisplay(terminal);
  const { signal } = terminal;
  const built = await onRecord(
    { work: 'projection-rebuild', subject, reason },
    () => rebuild.build({ restart, signal, onProgress: display.show }),
    resultOf.build,
  ).finally(() => display.end());
  const { events, position, seconds, finished, resumedAt } = built;
  const outcome = { projection: projector.name, finished, events, position, seconds, resumedAt };
  if (!json) await terminal.print(builtText(projector.name, built));
  if (!finished || !options.switch) {
    if (json) await terminal.printJson({ ...outcome, switched: false });
    return;
  }
  const switched = await onRecord(
    { work: 'projection-switch', subject, reason },
    () => rebuild.switchOver({ signal }),
    resultOf.exchange,
  );
  if (options.dropOld) {
    const order = { work: 'projection-drop', subject, reason };
    await onRecord(order, () => rebuild.dropOld(), resultOf.nothing);
  }
  if (json) await terminal.printJson({ ...outcome, switched: true, lockedMs: switched.lockedMs });
  else await terminal.print(switchedText(projector.name, switched.lockedMs));
}

function builtText(
  name: string,
  { finished, events, seconds, position, resumedAt }: Built,
): string {
  const rate = `${whole(events)} events in ${seconds.toFixed(1)} s`;
  const resumed = resumedAt === undefined ? '' : `, going on from position ${resumedAt}`;
  return finished
    ? `${name}: built from ${rate}${resumed}, up to position ${position}`
    : `${name}: stopped at position ${position} after ${rate}; the same command goes on from there`;
}

export function switchedText(name: string, lockedMs: number): string {
  return `${name}: switched, tables locked for ${lockedMs} ms`;
}
