export * from './projection-database.js';
export * from './recorded-log.js';
