import { type ObservedPayment, PaymentProviderUnavailable } from '@imprest/application';
import {
  type Money,
  type PaymentIrregularity,
  type PaymentObservation,
  parseAmount,
} from '@imprest/domain';
import type { AnswerFields } from '@imprest/payment-http';

/** One minor unit may get lost or found where a crypto currency is converted back. */
const ROUNDING = 1n;

const irregularities: Readonly<Record<string, PaymentIrregularity | null>> = {
  None: null,
  PaidLate: 'late',
  PaidPartial: 'partial',
  PaidOver: 'over_paid',
  Marked: 'marked_by_hand',
  // Payments came that never got confirmed.
  Invalid: null,
};

const statuses: Readonly<Record<string, PaymentObservation['status']>> = {
  New: 'open',
  Processing: 'seen',
  Settled: 'settled',
  Expired: 'expired',
  Invalid: 'failed',
};

/** Of the provider's vocabulary. @throws PaymentProviderUnavailable for a word it does not have */
function known<T>(words: Readonly<Record<string, T>>, word: string, field: string): T {
  const meaning = Object.hasOwn(words, word) ? words[word] : undefined;
  if (meaning !== undefined) return meaning;
  throw new PaymentProviderUnavailable(`btcpay invoice.${field} is ${word}, which is unknown`);
}

function money(invoice: AnswerFields, field: string, currency: string): Money {
  const amount = parseAmount(invoice.text(field), currency, 'drop');
  if (amount !== undefined) return amount;
  throw new PaymentProviderUnavailable(`btcpay invoice.${field} is no amount of ${currency}`);
}

/** What came, as far as the invoice's currency can tell: BTCPay Server decides whether that is the price. */
function received(
  invoice: AnswerFields,
  irregularity: PaymentIrregularity | null,
  currency: string,
): Money {
  const paid = money(invoice, 'paidAmount', currency);
  const price = money(invoice, 'amount', currency);
  const difference = paid.minorUnits - price.minorUnits;
  const isRounding = difference >= -ROUNDING && difference <= ROUNDING;
  return irregularity === null && isRounding ? price : paid;
}

/**
 * An invoice of the Greenfield API as an observation. Its id is that of the payment too: all that is paid
 * to an invoice is one payment. The API does not tell of refunds, and crypto currencies know no disputes.
 */
export function observedInvoice(invoice: AnswerFields): ObservedPayment {
  const id = invoice.text('id');
  const currency = invoice.text('currency');
  const status = known(statuses, invoice.text('status'), 'status');
  const additional = invoice.optionalText('additionalStatus') ?? 'None';
  const irregularity = known(irregularities, additional, 'additionalStatus');
  const amount = received(invoice, irregularity, currency);
  const nothing = amount.minorUnits === 0n && status !== 'settled';
  const observation: PaymentObservation = {
    checkoutId: id,
    url: invoice.optionalText('checkoutLink') ?? null,
    expiresAt: invoice.unixTime('expirationTime').toISOString(),
    status: status === 'open' && !nothing ? 'seen' : status,
    payment: nothing ? null : { id, received: amount },
    irregularity,
    refunds: [],
    disputes: [],
  };
  const topUpId = invoice.optionalFields('metadata')?.optionalText('orderId') ?? null;
  return { topUpId, observation };
}
