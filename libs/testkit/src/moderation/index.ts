export * from './moderation-stub.js';
