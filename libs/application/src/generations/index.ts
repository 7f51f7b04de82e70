export * from './generation-view.js';
