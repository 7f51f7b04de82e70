export { paymentProviders } from './payment-providers.js';
export { paymentsForInjection } from './payments-for-injection.js';
export { loadTopUpPackages, parseTopUpPackages } from './top-up-packages.js';
