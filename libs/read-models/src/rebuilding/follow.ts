import { notBehind, type Pace, type Standing, unpaced } from '@imprest/application';
import type { RecordedEvent } from '@imprest/event-catalogue';
import { projectPage } from './project-page.js';
import { ProgressMeter } from './rebuild-progress.js';
import type { Standby } from './standby.js';
import type { StandbySession } from './standby-session.js';

export interface FollowOptions {
  /** Ends it at the next page. */
  readonly signal?: AbortSignal;
  readonly pace?: Pace;
}

const NEARLY_THERE = 1_000;
const MOST_ROUNDS = 20;

/** Up to the head. A busy store moves on meanwhile: each round leaves less for the next one. */
export async function catchUp(
  session: StandbySession,
  meter = new ProgressMeter(undefined),
  options: FollowOptions = {},
): Promise<void> {
  for (let round = 0; round < MOST_ROUNDS && options.signal?.aborted !== true; round += 1) {
    const head = await session.options.eventStore.head();
    if ((await follow(session, head, meter, options)) < NEARLY_THERE) return;
  }
}

/**
 * Projects what is missing up to a position into the tables beside the live ones, a transaction for each batch, as
 * the live projector does. Answers how many events that were.
 */
export async function follow(
  session: StandbySession,
  upTo: bigint,
  meter = new ProgressMeter(undefined),
  { signal, pace = unpaced }: FollowOptions = {},
): Promise<number> {
  const { phase, position, events: before } = await known(session);
  if (upTo <= position) return 0;
  meter.head = upTo;
  let events = 0;
  for await (const page of missing(session, position, upTo)) {
    const { position } = page;
    await pace.turn(() =>
      session.transaction(async () => {
        await project(session, page.toProject);
        events += page.events;
        await session.save({ phase, position, events: before + events });
      }),
    );
    meter.read(page.events, page.position);
    if (signal?.aborted === true) return events;
  }
  await session.save({ phase, position: upTo, events: before + events });
  meter.position = upTo;
  return events;
}

/** The same within the transaction of a caller, who keeps the new position. */
export async function projectRest(
  session: StandbySession,
  upTo: bigint,
): Promise<Pick<Standby, 'position' | 'events'>> {
  const { position, events: before } = await known(session);
  if (upTo <= position) return { position, events: before };
  let events = before;
  for await (const page of missing(session, position, upTo)) {
    await project(session, page.toProject);
    events += page.events;
  }
  return { position: upTo, events };
}

async function known(session: StandbySession): Promise<Standby> {
  const standby = await session.read();
  if (standby === undefined) throw new Error(`${session.schema} has gone while it was worked on`);
  return standby;
}

interface MissingPage {
  readonly toProject: readonly RecordedEvent[];
  readonly events: number;
  readonly position: bigint;
}

/** Pages of what these tables lack. Tables that were live may have streams that are parked, which stay so. */
async function* missing(
  session: StandbySession,
  after: bigint,
  upTo: bigint,
): AsyncGenerator<MissingPage> {
  const { projector, eventStore } = session.options;
  const { categories, batchSize: pageSize } = projector;
  const parked = await session.parked.revisions();
  const standing: Standing = {
    position: after,
    reached: after,
    parked,
    revisions: async () => new Map(),
  };
  for await (const page of eventStore.readAll({ after, upTo, categories, pageSize })) {
    const toProject = await notBehind(page, standing);
    yield { toProject, events: page.length, position: page.at(-1)?.position ?? after };
  }
}

function project({ client, standbyProjector }: StandbySession, events: readonly RecordedEvent[]) {
  return projectPage(client, standbyProjector, events);
}
