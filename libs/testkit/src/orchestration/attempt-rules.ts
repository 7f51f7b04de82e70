import type { AttemptRules, FailureRule } from '@imprest/domain';

const free = { percent: 0, onlyRendered: false };
const once: FailureRule = {
  retry: { attempts: 1, firstDelayMs: 0, longestDelayMs: 0 },
  charge: free,
};
const twice: FailureRule = {
  retry: { attempts: 2, firstDelayMs: 500, longestDelayMs: 500 },
  charge: free,
};

/**
 * Two attempts for everything that may pass, half a second apart; one for the rest. Nothing is charged for a
 * failure, work may take as long as it takes, and no breaker opens.
 */
export const shortPatience: AttemptRules = {
  version: 'test',
  failures: {
    user: once,
    moderation: once,
    cancelled: once,
    model: twice,
    timeout: twice,
    infrastructure: twice,
    unknown: twice,
  },
  rendersUnanswered: false,
  deadlines: { startWithinSeconds: null, finishWithinSeconds: null },
  breaker: {
    counted: ['infrastructure', 'timeout', 'unknown'],
    consecutive: 1_000,
    ratio: 1,
    leastAttempts: 1_000,
    windowSeconds: 60,
    openSeconds: 30,
    longestOpenSeconds: 60,
  },
};
