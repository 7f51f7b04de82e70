export * from './generation-records.js';
export * from './image-links.js';
export * from './uncensored-job.js';
export * from './xavira-generation.js';
export * from './xmode-record.js';
