export { BreakerProbes } from './breaker-probes.js';
export { BreakerWatch } from './breaker-watch.js';
export { CloseModelBreaker, CloseModelBreakerHandler } from './close-model-breaker.js';
export { type BreakerStanding, type BreakerVerdict, ModelBreakers } from './model-breakers.js';
