export { migrations } from './migrations.js';
export { PostgresRateLimits, type PostgresRateLimitsOptions } from './postgres-rate-limits.js';
