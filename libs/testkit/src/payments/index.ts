export * from './btcpay-stub.js';
export * from './stripe-stub.js';
export * from './stub-server.js';
