export * from './consumer.js';
export { notBehind } from './new-events.js';
export * from './pace.js';
export { Parking, TooManyParked } from './parking.js';
export type { PoisonEvent } from './poison-isolation.js';
export type { RunnerServices, SubscriptionObserver } from './runner-services.js';
export * from './stream-changes.js';
export * from './subscription-runner.js';
export { isEngineAway, isTransient, NotYet } from './transient-failure.js';
