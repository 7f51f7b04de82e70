export * from './labelled-image.js';
export * from './work-scenario.js';
