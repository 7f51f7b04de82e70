export * from './payment-reconciliation.js';
export * from './reconciliation.js';
export * from './stray-assets.js';
export * from './three-way-match.js';
export * from './work-reconciliation.js';
