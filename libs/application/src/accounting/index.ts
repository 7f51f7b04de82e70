export * from './accounting-periods.js';
export * from './audit-findings.js';
export * from './journal-of-events.js';
export * from './reconciliation/index.js';
