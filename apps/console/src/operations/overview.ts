import type { AnswerOf } from './answers.ts';

export type Overview = AnswerOf<'/admin/v1/overview'>;
export type Consumer = Overview['consumers'][number];

/** The consumers that are not current, the furthest behind first. */
export function laggards(consumers: readonly Consumer[]): Consumer[] {
  return consumers
    .filter(({ state }) => state !== 'current')
    .sort((left, right) => right.secondsBehind - left.secondsBehind);
}

/** A rate by the minute with one digit where it is small: `104`, `9.6`, `0`. */
export const formatRate = (perMinute: number): string =>
  perMinute === 0 || perMinute >= 10 ? String(Math.round(perMinute)) : perMinute.toFixed(1);

/** A part of a whole as percent, rounded down so that only all of it is 100%. */
export const formatRatio = (ratio: number | null): string =>
  ratio === null ? '–' : `${(Math.floor(ratio * 1000) / 10).toFixed(1)}\u202f%`;
