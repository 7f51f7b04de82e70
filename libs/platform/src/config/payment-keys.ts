import type { ConfigKey } from './config-key.js';

/** What tokens cost, and who takes the money for them. */
export const paymentKeys = [
  { name: 'TOKENS_PER_CREDIT', default: '10', meaning: 'tokens in a credit of the xavira dialect' },
  {
    name: 'NEW_ACCOUNT_CREDITS',
    default: '25',
    meaning: 'credits that every new tenant is granted as promotional tokens; 0: none',
  },
  {
    name: 'IMPREST_TOP_UP_PACKAGES',
    default: 'built in',
    meaning: 'YAML file of what tokens are sold for (see docs/top-ups.md)',
  },
  {
    name: 'MANUAL_CREDIT_LIMIT',
    default: '10000',
    meaning: 'tokens that one operator may credit by hand; more needs another one to approve',
  },
  { name: 'BTCPAY_URL', default: 'empty', meaning: 'BTCPay Server that takes payments' },
  { name: 'BTCPAY_STORE_ID', default: 'empty', meaning: 'its store' },
  { name: 'BTCPAY_API_KEY', default: 'empty', meaning: 'API key of the store', secret: true },
  {
    name: 'BTCPAY_WEBHOOK_SECRET',
    default: 'empty',
    meaning: 'secret of the webhook to /payments/v1/btcpay/notifications',
    secret: true,
  },
  {
    name: 'STRIPE_API_KEY',
    default: 'empty',
    meaning: 'restricted or secret key of the Stripe account that takes payments',
    secret: true,
  },
  {
    name: 'STRIPE_WEBHOOK_SECRET',
    default: 'empty',
    meaning: 'secret of the webhook endpoint /payments/v1/stripe/notifications',
    secret: true,
  },
  { name: 'STRIPE_URL', default: 'https://api.stripe.com', meaning: 'API of Stripe, for trials' },
] as const satisfies readonly ConfigKey[];
