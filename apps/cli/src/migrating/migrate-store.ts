import {
  type ComparedStores,
  type CopiedEvents,
  compareStores,
  copyStore,
  type OnCopyProgress,
  systemClock,
} from '@imprest/application';
import { EventStoreDbCopyTarget } from '@imprest/event-store-eventstoredb';
import { PostgresEventStore, WriteStop } from '@imprest/event-store-postgres';
import { loadConfig, recordStoreIdentity } from '@imprest/platform';
import { type Engines, withEngines } from '../engines.js';
import { whole } from '../terminal/format.js';
import { UsageError } from '../terminal/run-cli.js';
import type { Terminal } from '../terminal/terminal.js';
import { CopyProgressDisplay } from './copy-progress-display.js';

export interface MigrateStoreOptions {
  readonly to: string;
  readonly copyOnly?: boolean;
  readonly json?: boolean;
}

interface Stores {
  readonly source: PostgresEventStore;
  readonly target: EventStoreDbCopyTarget;
  readonly connectionString: string;
}

interface Outcome {
  /** Copied by this run. */
  readonly copied: number;
  readonly compared: ComparedStores | undefined;
  readonly position: bigint;
  readonly switched: boolean;
  /** Sessions of processes that still run, when they kept it from switching. */
  readonly running: readonly string[];
}

const NAME = 'imprest migrate-store';

/** Copies, compares, and switches when nobody works on the old store any more. */
export async function migrateStore(
  terminal: Terminal,
  options: MigrateStoreOptions,
): Promise<void> {
  const to = targetOf(terminal, options.to);
  await withEngines(terminal, async (engines) => {
    if (engines.config.eventStore.kind !== 'postgres') {
      throw new UsageError('EVENT_STORE names another store already: it has to be postgres here');
    }
    const stores = await open(engines, to);
    const display = new CopyProgressDisplay(terminal);
    try {
      const outcome = await move(stores, terminal.signal, display.show, options).finally(() =>
        display.end(),
      );
      await report(terminal, outcome, options);
    } finally {
      await stores.source.close();
      await stores.target.close();
    }
  });
}

/** As EVENT_STORE would be read, with its rules for TLS. */
function targetOf({ environment }: Terminal, to: string): string {
  const { eventStore } = loadConfig({ ...environment, EVENT_STORE: to });
  if (eventStore.kind !== 'eventstoredb') throw new UsageError('--to has to begin with esdb:');
  return eventStore.connectionString;
}

async function open({ connectionString }: Engines, to: string): Promise<Stores> {
  const target = await EventStoreDbCopyTarget.open({
    connectionString: to,
    now: () => systemClock.now(),
  });
  try {
    const source = await PostgresEventStore.connect({ connectionString, applicationName: NAME });
    return { source, target, connectionString };
  } catch (error) {
    await target.close();
    throw error;
  }
}

async function move(
  stores: Stores,
  signal: AbortSignal,
  onProgress: OnCopyProgress,
  { copyOnly }: MigrateStoreOptions,
): Promise<Outcome> {
  const { source, target } = stores;
  const copied = await copyStore({ source, target, onProgress, signal });
  const unfinished = { copied: copied.events, position: copied.position, switched: false };
  if (signal.aborted) return { ...unfinished, compared: undefined, running: [] };
  if (!copyOnly) return switchOver(stores, copied, onProgress);
  const upTo = copied.position;
  const compared = await compareStores({ source, target, upTo, onProgress });
  return { ...unfinished, compared, running: [] };
}

/** Writers wait from the last look at who still runs until the old store refuses them for good. */
async function switchOver(
  { source, target, connectionString }: Stores,
  before: CopiedEvents,
  onProgress: OnCopyProgress,
): Promise<Outcome> {
  const stop = await WriteStop.begin({ connectionString, applicationName: NAME });
  try {
    const running = await stop.otherSessions();
    if (running.length > 0) {
      const { events: copied, position } = before;
      return { copied, position, compared: undefined, switched: false, running };
    }
    const { events, position } = await copyStore({ source, target, onProgress });
    const compared = await compareStores({ source, target, upTo: position, onProgress });
    await target.complete();
    await stop.closeForGood();
    const { firstEventId } = compared;
    await recordStoreIdentity(connectionString, { kind: 'eventstoredb', firstEventId });
    const copied = before.events + events;
    return { copied, compared, position, switched: true, running };
  } finally {
    await stop.end();
  }
}

async function report(
  terminal: Terminal,
  outcome: Outcome,
  { copyOnly, json }: MigrateStoreOptions,
): Promise<void> {
  const { copied, compared, position, switched, running } = outcome;
  if (!switched && !copyOnly && !terminal.signal.aborted) terminal.exitCode = 1;
  if (json) {
    const { events, streams, hash } = compared ?? {};
    const found = { copied, position, events, streams, hash, switched };
    await terminal.printJson({ ...found, running: running.length > 0 ? running : undefined });
    return;
  }
  await terminal.print(`${whole(copied)} events copied, up to position ${position}`);
  if (compared !== undefined) {
    const { events, streams, hash } = compared;
    await terminal.print(
      `${whole(events)} events of ${whole(streams)} streams compared, all the same: SHA-256 ${hash}`,
    );
  }
  await terminal.print(nextStep(terminal, outcome, copyOnly === true));
}

function nextStep({ signal }: Terminal, { switched, running }: Outcome, copyOnly: boolean): string {
  if (switched) {
    return 'Switched: start every process with EVENT_STORE naming the new store. The old one takes no more events.';
  }
  if (signal.aborted) return 'Stopped: the same command goes on from there.';
  if (copyOnly) return 'Not switched: stop every process, then run it again without --copy-only.';
  return `Not switched, because processes are running: stop them, then run it again. Sessions: ${running.join(', ')}`;
}
