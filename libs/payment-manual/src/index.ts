export { ManualPayments } from './manual-payments.js';
