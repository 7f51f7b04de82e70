export * from './webhook-endpoints.js';
