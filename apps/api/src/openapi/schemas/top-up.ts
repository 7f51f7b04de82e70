import { topUpStatuses } from '../../top-ups/requests.js';
import { count, list, object, oneOf, orNull, page, text, timestamp, url } from './schema.js';

const money = (description: string) =>
  text(`${description} A decimal text in \`currency\`.`, {
    pattern: '^-?[0-9]+(\\.[0-9]{2})?$',
    examples: ['47.50'],
  });
const currency = text('ISO 4217.', { pattern: '^[A-Z]{3}$', examples: ['EUR'] });

const packagePrice = object('The price in one currency.', {
  currency,
  listPrice: money('Without the discount.'),
  price: money('What is paid.'),
});

const topUpPackage = object('Tokens that are sold together.', {
  id: text('Name of the package.'),
  tokens: count('Tokens in it.'),
  discountTier: orNull(text('Volume discount that its price has.')),
  discountPercent: count('Percent off the list price.'),
  prices: list(packagePrice, 'One for each currency it is sold in.'),
});

export const topUpPackages = object('What is sold, and how it can be paid.', {
  version: text('Of the price list.'),
  packages: list(topUpPackage, 'In the order of the price list.'),
  providers: list(text('Name of a provider.'), 'Who takes payments.'),
  manualInstructions: list(text('A line.'), 'How to pay with the provider `manual`.'),
});

const statuses =
  '`open` waits for payment, `pending` for its certainty; `under_review` waits for a decision of the operator; `confirmed` becomes `credited` within moments. `disputed` and `charged_back`: the payer’s bank took the money back.';

const fields = {
  id: text('Id of the top-up.', { pattern: '^top_[0-9a-z]{26}$' }),
  status: oneOf(topUpStatuses, statuses),
  provider: text('Who takes the payment.'),
  package: orNull(text('The package ordered; null for an amount that an operator set.')),
  tokens: count('Tokens ordered.'),
  currency,
  listPrice: orNull(money('Without the discount.')),
  price: orNull(money('Frozen when it was ordered.')),
  discountTier: orNull(text('Volume discount that the price has.')),
  checkoutUrl: orNull(url('Where to pay, as long as it can be paid on a page.')),
  expiresAt: timestamp('The price holds until then.'),
  received: orNull(money('What came; it may differ from the price.')),
  credited: count('Tokens that came on the account for it.'),
  refunded: money('What went back to the payer.'),
  createdAt: timestamp('When it was ordered.'),
  updatedAt: timestamp('Latest change.'),
  creditedAt: orNull(timestamp('When the tokens came on the account.')),
};

export const topUp = object('An order of tokens and its payment.', fields);

export const topUpPage = page('topUps', topUp, 'Top-ups, newest first.');

const proposal = object('A credit that another operator has to approve.', {
  operator: text('Who proposed it.'),
  tokens: count('Tokens to credit.'),
  reason: text('Why.'),
});

const review = object('What somebody has to decide on.', {
  cause: oneOf(
    ['late', 'partial', 'over_paid', 'amount_mismatch', 'marked_by_hand', 'manual_credit'],
    'Why no rule could.',
  ),
  proposal: { anyOf: [proposal, { type: 'null' }], description: 'Waits for a second operator.' },
});

const refund = object('A refund that an operator asked for.', {
  refundId: text('Name of the refund.'),
  amount: money('How much.'),
  status: oneOf(['requested', 'done', 'failed'], 'What the provider made of it.'),
});

const dispute = object('A payment that the payer’s bank took back.', {
  disputeId: text('As the provider calls it.'),
  amount: money('How much.'),
  tokens: count('Tokens charged back for it.'),
  reason: text('As the provider gives it.'),
  status: oneOf(['open', 'won', 'lost'], 'How it stands.'),
});

export const topUpForOperators = object('A top-up with all that a decision on it takes.', {
  ...fields,
  tenantId: text('Whose it is.'),
  checkoutId: orNull(text('As the provider calls it.')),
  paymentId: orNull(text('As the provider calls it.')),
  review: { anyOf: [review, { type: 'null' }], description: 'Null when nothing is to decide.' },
  operators: list(
    text('Name of an operator.'),
    'Who decided on the credit; nobody had to when empty.',
  ),
  reason: orNull(text('Of the latest decision, expiry or failure.')),
  lotId: orNull(text('Lot of the account that the payment became.')),
  refunds: list(refund, 'In their order.'),
  disputes: list(dispute, 'In their order.'),
});

export const topUpForOperatorsPage = page('topUps', topUpForOperators, 'A page of top-ups.');

export const receipt = object('For what was paid and credited.', {
  number: text('One for each top-up.'),
  topUpId: fields.id,
  issuedAt: timestamp('When the tokens were credited.'),
  seller: list(text('A line.'), 'Who sold.'),
  buyer: object('Who bought.', { tenantId: text('Id of the tenant.'), name: text('Its name.') }),
  tokens: text('Tokens credited.', { pattern: '^[0-9]+$' }),
  package: fields.package,
  currency,
  listPrice: money('Without the discount.'),
  discount: money('Taken off the list price.'),
  discountTier: fields.discountTier,
  paid: money('What was paid for the tokens.'),
  payment: object('The payment.', {
    provider: text('Who took it.'),
    id: text('As the provider calls it.'),
  }),
  refunded: money('What went back to the payer since.'),
});

export const notificationOutcome = object('What became of a notification.', {
  outcome: oneOf(
    ['observed', 'duplicate', 'nothing'],
    '`nothing`: it is about no payment that was begun here.',
  ),
});
