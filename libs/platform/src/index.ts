export * from './config/index.js';
export { ConsumerHost } from './consumers/consumer-host.js';
export * from './http/index.js';
export { createLogger, NestLogger } from './logging/logger.js';
export { Metrics } from './metrics/metrics.js';
export { loadModels, ModelsFileError, parseModels } from './models/model-catalogue.js';
export * from './tokens.js';
