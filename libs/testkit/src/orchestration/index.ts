export { shortPatience } from './attempt-rules.js';
export * from './blank-png.js';
export * from './labelled-image.js';
export * from './sample-mp4.js';
export * from './tenant-requests.js';
export * from './work-scenario.js';
