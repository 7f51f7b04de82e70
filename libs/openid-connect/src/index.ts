export { type OpenIdConnectOptions, OpenIdConnectProvider } from './openid-connect-provider.js';
