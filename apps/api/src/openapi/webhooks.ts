import { record } from './operations/examples.js';
import { lowBalance } from './schemas/balance-alert.js';
import { generation } from './schemas/generation.js';

const header = (name: string, description: string, example: string) => ({
  name,
  in: 'header',
  required: true,
  description,
  schema: { type: 'string', examples: [example] },
});

const parameters = [
  header('X-XMode-Timestamp', 'Unix seconds of this attempt.', '1763631004'),
  header(
    'X-XMode-Signature',
    '`v1=<hex of HMAC-SHA256(secret, "<timestamp>.<raw body>")>`, the secret as it was shown, `whsec_` included. While a rotation lasts, one signature per secret, separated by commas.',
    'v1=2e37df5d4a028c51a7f3133d64ae1e300d2c2c900f1b1d49d4369ad2530f8964',
  ),
  header('webhook-id', 'Id of the message, the same in every attempt.', 'msg_3v8s0x2z4b6d8f0h2j4m'),
  header('webhook-timestamp', 'Unix seconds of this attempt.', '1763631004'),
  header(
    'webhook-signature',
    'Standard Webhooks: `v1,<base64 of HMAC-SHA256(decoded secret, "<id>.<timestamp>.<raw body>")>`, separated by spaces.',
    'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=',
  ),
];

const responses = {
  '2XX': { description: 'Received. Answer within 10 seconds.' },
  '410': { description: 'Never send this message again.' },
  default: {
    description:
      'Anything else, redirects included, is a failure: 9 retries follow within about 75 hours. `Retry-After` is honoured.',
  },
};

/** What receivers of a `webhookUrl` get. */
export const webhooks = {
  generationEnded: {
    post: {
      operationId: 'generationEnded',
      tags: ['Webhooks'],
      summary: 'A generation has ended',
      description:
        'The final record, byte for byte what GET answers at that time. Check one of the two signatures over the raw body and refuse timestamps older than 5 minutes. Deliveries come at least once and in any order: tell duplicates by `webhook-id`.',
      security: [],
      parameters,
      requestBody: {
        required: true,
        content: { 'application/json': { schema: generation, example: record } },
      },
      responses,
    },
  },
  lowBalance: {
    post: {
      operationId: 'lowBalance',
      tags: ['Webhooks'],
      summary: 'The balance is low',
      description:
        'Sent to the `webhookUrl` of the balance alert, once each time the balance falls below its threshold, and signed and retried like every other message.',
      security: [],
      parameters,
      requestBody: {
        required: true,
        content: {
          'application/json': {
            schema: lowBalance,
            example: {
              type: 'account.low_balance',
              timestamp: '2026-11-20T09:30:00.000Z',
              data: { available: 480, threshold: 500 },
            },
          },
        },
      },
      responses,
    },
  },
};
