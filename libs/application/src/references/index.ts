export * from './reference-id.js';
export * from './stored-references.js';
