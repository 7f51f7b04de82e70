export * from './accounting-periods.js';
export * from './journal-of-events.js';
