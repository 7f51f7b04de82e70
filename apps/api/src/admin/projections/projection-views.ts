import type { BackgroundRun, Standby } from '@imprest/read-models';
import { runView } from '../background/operator-runs.js';
import type { ConsumerLagView } from '../overview/index.js';

const nowhere = {
  ...{ state: 'never ran', position: '0' },
  ...{ eventsBehind: 0, secondsBehind: 0, parkedStreams: 0 },
} as const;

export function placeOf(lag: ConsumerLagView | undefined) {
  const { state, position, eventsBehind, secondsBehind, parkedStreams } = lag ?? nowhere;
  return { state, position, eventsBehind, secondsBehind, parkedStreams };
}

export function standbyView(standby: Standby | undefined) {
  if (standby === undefined) return null;
  const { startedAt, changedAt, position, ...rest } = standby;
  const times = { startedAt: startedAt.toISOString(), changedAt: changedAt.toISOString() };
  return { ...rest, position: position.toString(), ...times };
}

/** A switch that was taken back is no longer the last word. */
export function later(a: BackgroundRun | undefined, b: BackgroundRun | undefined) {
  if (a === undefined || b === undefined) return a ?? b;
  return a.startedAt > b.startedAt ? a : b;
}

export const viewOrNull = (run: BackgroundRun | undefined) =>
  run === undefined ? null : runView(run);
