export * from './access.js';
export { presentedKey } from './access-hook.js';
export type { ApiKeyUsageSink, KeyUse } from './api-key-usage-recorder.js';
export * from './dialect.js';
export { DomainErrorFilter } from './domain-error.filter.js';
export * from './http-application.js';
export * from './native-errors.js';
export * from './operation.js';
export { PROBLEM_TYPE } from './problem-details.js';
