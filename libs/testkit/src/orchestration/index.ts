export * from './blank-png.js';
export * from './labelled-image.js';
export * from './tenant-requests.js';
export * from './work-scenario.js';
