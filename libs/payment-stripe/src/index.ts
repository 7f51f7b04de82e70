export { type StripeOptions, StripePayments } from './stripe-payments.js';
