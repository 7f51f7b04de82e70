import type { BreakerRules } from './breaker.js';

const SECOND = 1_000;
const DAY = 86_400 * SECOND;

/** Between attempts at an endpoint that fails: it is spared, and so are the places that wait for it. */
export const endpointBreakerRules: BreakerRules = {
  failures: 5,
  withinMs: 300 * SECOND,
  restMs: 30 * SECOND,
  longestRestMs: 900 * SECOND,
};

/** An endpoint that took nothing for so long is disabled. */
export const ENDPOINT_PATIENCE_MS = 5 * DAY;
