import { paymentProviderConformance } from '@imprest/testkit/conformance';
import { ManualPayments } from './manual-payments.js';

paymentProviderConformance('payments by hand', async () => ({
  provider: new ManualPayments(),
  now: new Date('2026-01-15T09:00:00.000Z'),
  close: async () => {},
}));
