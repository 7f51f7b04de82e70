/** The only source of time and chance outside the adapters, so that tests can hold both still. */
export interface Clock {
  now(): Date;
}

export const systemClock: Clock = { now: () => new Date() };
