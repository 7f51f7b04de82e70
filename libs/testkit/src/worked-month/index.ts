export * from './worked-month.js';
