export * from './api-key-format.js';
export * from './api-keys.js';
export * from './authenticate-api-key.js';
export * from './delegated-terms.js';
export * from './tenant-shares.js';
export * from './tenants.js';
