export * from './accounting-periods.js';
