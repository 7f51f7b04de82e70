export * from './generation-records.js';
export * from './image-links.js';
export * from './xmode-record.js';
