export * from './answer-fields.js';
export * from './body-signature.js';
export * from './payment-http.js';
