export * from './account-events.js';
export * from './example-events.js';
export * from './generation-request.js';
export * as exampleIds from './identifiers.js';
export * from './model-entry.js';
export * from './price-quote.js';
export * from './stored-image.js';
export * from './top-up-events.js';
export * from './worker.js';
