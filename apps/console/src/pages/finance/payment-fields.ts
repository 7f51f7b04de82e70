import { readMoney, readTokens } from '../../finance/read-tokens.ts';

/** A payment that somebody records, as it was typed. */
export interface PaymentFields {
  readonly amount: string;
  readonly currency: string;
  readonly tokens: string;
  readonly reference: string;
  readonly reason: string;
}

const CURRENCY = /^[A-Z]{3}$/;

/** What is wrong with each field, in the form's words. */
export const paymentRules = {
  amount: (text: string) => (readMoney(text) === undefined ? 'An amount such as 950.00.' : null),
  currency: (text: string) => (CURRENCY.test(text) ? null : 'Three letters, such as EUR.'),
  tokens: (text: string) => (readTokens(text) === undefined ? 'A whole number of tokens.' : null),
  reference: (text: string) => (text.trim() === '' ? 'Say which payment it is.' : null),
  reason: (text: string) => (text.trim() === '' ? 'Say why.' : null),
};

/** The fields as the API takes them. @throws TypeError for what the rules refuse */
export function toPayment({ amount, currency, tokens, reference, reason }: PaymentFields) {
  const money = readMoney(amount);
  const count = readTokens(tokens);
  if (money === undefined || count === undefined) throw new TypeError('The form has mistakes.');
  return {
    amount: money,
    currency,
    tokens: count,
    reference: reference.trim(),
    reason: reason.trim(),
  };
}
