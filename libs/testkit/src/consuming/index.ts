export * from './consumer-scenario.js';
export * from './in-memory-message-bus.js';
export * from './unruly-deliveries.js';
export * from './unruly-message-bus.js';
