import { type Pace, storedEventReader, unpaced } from '@imprest/application';
import { ChunkReader } from './chunk-reader.js';
import { catchUp } from './follow.js';
import { openFiller } from './open-filler.js';
import { OldTablesKept, StandbyOutdated } from './rebuild-errors.js';
import { type OnProgress, ProgressMeter } from './rebuild-progress.js';
import type { Standby } from './standby.js';
import type { StandbySession } from './standby-session.js';

export interface BuildOptions {
  /** Throws away what an earlier build has left. */
  readonly restart?: boolean;
  readonly onProgress?: OnProgress;
  /** Ends the build at the next page, and keeps what it has done so far for the next one. */
  readonly signal?: AbortSignal;
  /** Lets others go first, page by page. */
  readonly pace?: Pace;
}

export interface Built {
  /** False when the signal ended it. */
  readonly finished: boolean;
  /** Read by this call. */
  readonly events: number;
  readonly position: bigint;
  readonly seconds: number;
  /** Where an earlier build had stopped; undefined when this one began at the first event. */
  readonly resumedAt: bigint | undefined;
}

/**
 * Fills tables beside the live ones with all events up to the head, while the live projector goes on. What is done
 * is kept chunk by chunk: a build that was interrupted, by whatever, goes on where it stopped.
 * @throws OldTablesKept, StandbyOutdated, and whatever the projector throws.
 */
export async function build(session: StandbySession, options: BuildOptions = {}): Promise<Built> {
  const before = await standbyToGoOnWith(session, options.restart === true);
  const meter = new ProgressMeter(options.onProgress, before?.position);
  let finished = before?.phase === 'ready';
  if (!finished) {
    finished = await fill(session, meter, options);
    if (finished) await addIndexes(session, meter);
  }
  if (finished) {
    meter.step = 'catching up';
    await catchUp(session, meter, options);
    finished = options.signal?.aborted !== true;
  }
  meter.tell();
  const { events, seconds, position } = meter;
  return { finished, events, position, seconds, resumedAt: before?.position };
}

async function standbyToGoOnWith(
  session: StandbySession,
  restart: boolean,
): Promise<Standby | undefined> {
  const { name } = session.options.projector;
  const found = await session.read();
  if (found?.phase === 'replaced') throw new OldTablesKept(name);
  if (found === undefined || restart) {
    await session.create();
    return undefined;
  }
  if (!(await session.shadow.fit())) throw new StandbyOutdated(name);
  return found;
}

/** @returns false when the signal ended it before the head. */
async function fill(
  session: StandbySession,
  meter: ProgressMeter,
  { signal, pace = unpaced }: BuildOptions,
): Promise<boolean> {
  const { eventStore, projector } = session.options;
  const filler = await openFiller(session);
  const after = meter.position;
  const eventsBefore = (await session.read())?.events ?? 0;
  const upTo = await eventStore.head();
  meter.head = upTo;
  const { categories } = projector;
  const { pageSize } = filler;
  const reader = new ChunkReader(
    storedEventReader(eventStore).readStored({ after, upTo, categories, pageSize }),
    meter,
    { signal, pace },
  );
  while (!reader.finished && signal?.aborted !== true) {
    await session.transaction(async () => {
      await filler.write(reader.next(filler.chunkEvents));
      const { position, events } = meter;
      await session.save({ phase: 'filling', position, events: eventsBefore + events });
    });
  }
  await reader.close();
  return reader.finished;
}

async function addIndexes(session: StandbySession, meter: ProgressMeter): Promise<void> {
  meter.step = 'indexing';
  meter.tell();
  await session.transaction(async () => {
    await session.shadow.addAllIndexes();
    await session.finishFilling();
  });
}
