import type { EventStore } from '@imprest/application';
import { type Built, ProjectionRebuild, type TableProjector } from '@imprest/read-models';
import { whole } from '../terminal/format.js';
import { ProgressDisplay } from '../terminal/progress-line.js';
import type { Terminal } from '../terminal/terminal.js';

export interface RebuildOptions {
  readonly restart?: boolean;
  readonly switch?: boolean;
  readonly dropOld?: boolean;
  readonly json?: boolean;
}

export interface Stores {
  readonly eventStore: EventStore;
  readonly connectionString: string;
}

/** Builds the tables of one projector beside the live ones, and puts them in place if that is asked for too. */
export async function rebuildOne(
  terminal: Terminal,
  stores: Stores,
  projector: TableProjector,
  options: RebuildOptions,
): Promise<void> {
  const { restart, json } = options;
  const rebuild = new ProjectionRebuild({ projector, ...stores });
  const display = new ProgressDisplay(terminal);
  const { signal } = terminal;
  const built = await rebuild
    .build({ restart, signal, onProgress: display.show })
    .finally(() => display.end());
  const { events, position, seconds, finished, resumedAt } = built;
  const outcome = { projection: projector.name, finished, events, position, seconds, resumedAt };
  if (!json) await terminal.print(builtText(projector.name, built));
  if (!finished || !options.switch) {
    if (json) await terminal.printJson({ ...outcome, switched: false });
    return;
  }
  const switched = await rebuild.switchOver();
  if (options.dropOld) await rebuild.dropOld();
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
