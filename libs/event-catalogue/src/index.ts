export * from './asyncapi.js';
export * from './catalogue.js';
export * from './envelope.js';
export * from './event-definition.js';
export type { JsonSchema, Schema } from './schema.js';
export * from './serde.js';
export * from './stored-event.js';
export * from './stream-name.js';
