export * from './decide.js';
export * from './events.js';
export * from './month.js';
export * from './periods.js';
