export * from './asset-row.js';
export * from './end-user-row.js';
export * from './generation-row.js';
export * from './ledger-rows.js';
export * from './open-generation-rows.js';
export * from './reconciliation-row.js';
export * from './tenancy-rows.js';
export * from './webhook-rows.js';
