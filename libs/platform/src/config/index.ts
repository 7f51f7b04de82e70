export * from './config.js';
export * from './config-keys.js';
export { ConfigError, type Environment } from './environment-reader.js';
export * from './generated-secrets.js';
