import type { Operation } from '@imprest/platform';
import { topUpStatuses } from '../../top-ups/requests.js';
import * as schemas from '../schemas/top-up.js';
import { sortedPageParameters, timeRange } from './lists.js';

const tag = 'Top-ups';

export const topUpExample = {
  id: 'top_06gzh430sdz6d7sh5yx788wpd8',
  status: 'open',
  provider: 'btcpay',
  package: 'studio',
  tokens: 10_000,
  currency: 'EUR',
  listPrice: '100.00',
  price: '95.00',
  discountTier: 'volume-5',
  checkoutUrl: 'https://btcpay.example.com/i/9CiNzKoANXxmk5ayZngSXr',
  expiresAt: '2026-11-20T10:30:00.000Z',
  received: null,
  credited: 0,
  refunded: '0.00',
  createdAt: '2026-11-20T09:30:00.000Z',
  updatedAt: '2026-11-20T09:30:00.200Z',
  creditedAt: null,
};

const receiptExample = {
  number: 'R-06GZH430SDZ6D7SH5YX788WPD8',
  topUpId: topUpExample.id,
  issuedAt: '2026-11-20T09:42:00.000Z',
  seller: ['Atlas Tokens Ltd', '1 Harbour Road'],
  buyer: { tenantId: 'studio', name: 'Studio' },
  tokens: '10000',
  package: 'studio',
  currency: 'EUR',
  listPrice: '100.00',
  discount: '5.00',
  discountTier: 'volume-5',
  paid: '95.00',
  payment: { provider: 'btcpay', id: '9CiNzKoANXxmk5ayZngSXr' },
  refunded: '0.00',
};

export const statusParameter = { enum: topUpStatuses, description: 'Top-ups of one status.' };

export const packageOperations = {
  list: {
    id: 'listTopUpPackages',
    tag,
    summary: 'Packages and prices',
    answers: {
      200: {
        description: 'The price list in force.',
        schema: schemas.topUpPackages,
        example: {
          version: '2026-11',
          packages: [
            {
              id: 'studio',
              tokens: 10_000,
              discountTier: 'volume-5',
              discountPercent: 5,
              prices: [{ currency: 'EUR', listPrice: '100.00', price: '95.00' }],
            },
          ],
          providers: ['btcpay', 'manual'],
          manualInstructions: ['Write the id of the top-up on the transfer.'],
        },
      },
    },
  },
} satisfies Record<string, Operation>;

const order: Operation = {
  id: 'orderTopUp',
  tag,
  summary: 'Order tokens',
  description:
    'Freezes the price and opens a checkout at the provider; the tokens come once the payment is certain. Repeat it with the same Idempotency-Key when the provider did not answer.',
  headers: ['Idempotency-Key'],
  body: {
    name: 'NewTopUp',
    fields: {
      package: { description: 'One of the price list.' },
      provider: { description: 'Who takes the payment.' },
      currency: { description: 'The package’s first one when absent.' },
      returnUrl: { description: 'Where the payer goes afterwards. https.' },
    },
    examples: {
      checkout: {
        summary: 'Paid on a page of the provider',
        value: {
          package: 'studio',
          provider: 'btcpay',
          currency: 'EUR',
          returnUrl: 'https://studio.example.com/account',
        },
      },
      transfer: { summary: 'Paid by transfer', value: { package: 'studio', provider: 'manual' } },
    },
  },
  answers: {
    201: {
      description: 'Ordered, or ordered before under this key.',
      schema: schemas.topUp,
      headers: ['Idempotency-Replayed'],
      example: topUpExample,
    },
  },
  errors: ['conflict', 'provider_error'],
};

export const topUpOperations = {
  order,
  list: {
    id: 'listTopUps',
    tag,
    summary: 'List top-ups',
    query: { ...sortedPageParameters('-createdAt'), ...timeRange, status: statusParameter },
    answers: {
      200: {
        description: 'A page of top-ups.',
        schema: schemas.topUpPage,
        example: { topUps: [topUpExample], nextCursor: null },
      },
    },
  },
  get: {
    id: 'getTopUp',
    tag,
    summary: 'One top-up',
    description: 'From its own stream: never behind.',
    answers: {
      200: { description: 'The top-up.', schema: schemas.topUp, example: topUpExample },
    },
    errors: ['not_found'],
  },
  receipt: {
    id: 'getReceipt',
    tag,
    summary: 'Receipt',
    description: 'Once the tokens are credited; 409 before.',
    query: { format: { description: 'JSON when absent; `html` and `text` are for printing.' } },
    answers: {
      200: {
        description: 'The receipt.',
        schema: schemas.receipt,
        orMediaTypes: ['text/html', 'text/plain'],
        example: receiptExample,
      },
    },
    errors: ['not_found', 'conflict'],
  },
} satisfies Record<string, Operation>;
