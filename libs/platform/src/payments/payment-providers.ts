import type { Clock, PaymentProvider, PaymentProviders } from '@imprest/application';
import { BtcpayPayments } from '@imprest/payment-btcpay';
import { ManualPayments } from '@imprest/payment-manual';
import { StripePayments } from '@imprest/payment-stripe';
import type { PaymentsChoice } from '../config/index.js';

/** Those that the configuration names, and payment by hand in any case. */
export function paymentProviders(choice: PaymentsChoice, clock: Clock): PaymentProviders {
  const providers: PaymentProvider[] = [];
  const now = () => clock.now();
  if (choice.btcpay !== undefined) providers.push(new BtcpayPayments({ ...choice.btcpay, now }));
  if (choice.stripe !== undefined) providers.push(new StripePayments(choice.stripe));
  providers.push(new ManualPayments());
  return new Map(providers.map((provider) => [provider.name, provider]));
}
