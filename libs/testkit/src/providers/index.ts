export * from './faulty-server.js';
export * from './provider-faults.js';
export * from './stub-pictures.js';
