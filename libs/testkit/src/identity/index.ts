export * from './openid-provider-stub.js';
