import { rateLimitsConformance } from './conformance/rate-limits.js';
import { fixedClock } from './fixed-clock.js';
import { InMemoryRateLimits } from './in-memory-rate-limits.js';

rateLimitsConformance('in memory', async () => {
  const clock = fixedClock();
  const shared = new InMemoryRateLimits(clock, 60_000);
  return {
    connect: () => shared,
    windowMs: 60_000,
    elapse: async (ms) => clock.advance(ms),
    dispose: async () => {},
  };
});
