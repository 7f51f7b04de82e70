export { type BtcpayOptions, BtcpayPayments } from './btcpay-payments.js';
