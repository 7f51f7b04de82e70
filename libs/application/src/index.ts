export * from './command-context.js';
export * from './consuming/index.js';
export * from './deciding/index.js';
export * from './generations/index.js';
export * from './identifiers.js';
export * from './ports/index.js';
