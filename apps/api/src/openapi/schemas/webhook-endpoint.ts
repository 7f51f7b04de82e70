import {
  type BreakerState,
  disablingCauses,
  endpointBounds,
  endpointOrderings,
  endpointSchemes,
  type WebhookAttemptOutcome,
  webhookEventNames,
} from '@imprest/domain';
import type { SchemaObject } from '@imprest/platform';
import { count, list, object, oneOf, orNull, text, timestamp, url } from './schema.js';

const headers: SchemaObject = {
  type: 'object',
  description: 'Headers that go along with each delivery, by their names in lower case.',
  additionalProperties: { type: 'string' },
};

const publicKey = object('A key to check signatures with.', {
  key: text('`whpk_` and the base64 of the 32 bytes of an Ed25519 public key.', {
    pattern: '^whpk_',
  }),
  validUntil: orNull(timestamp('Until then it signs along; null for the current one.')),
});

const disabled: SchemaObject = {
  ...object('Why nothing is sent to it; null while it is enabled.', {
    cause: oneOf(
      disablingCauses,
      '`asked`: by the tenant. `gone`: it answered 410. `failing`: it took nothing for 5 days.',
    ),
    reason: text('For people.'),
    disabledAt: timestamp('Since when.'),
  }),
  type: ['object', 'null'],
};

const fields = {
  id: text('Id of the endpoint.', { pattern: '^whk_[0-9a-z]{26}$' }),
  scheme: oneOf(endpointSchemes, 'How deliveries to it are signed.'),
  url: url('Where it is told.'),
  events: list(oneOf(webhookEventNames, 'An event.'), 'All that it is told of.'),
  headers,
  ordering: oneOf(endpointOrderings, 'What a message waits for.'),
  perSecond: orNull(
    count('Deliveries begun in a second; null for as many as come.', {
      minimum: 1,
      maximum: endpointBounds.perSecond,
    }),
  ),
  concurrency: count('Deliveries under way at a time, over all processes that deliver.', {
    minimum: 1,
    maximum: endpointBounds.concurrency,
  }),
  retryDelays: {
    ...list(count('Seconds.', { minimum: 1 }), 'Waits before the second, third … attempt.'),
    type: ['array', 'null'],
  },
  publicKeys: list(publicKey, 'Newest first; empty where a secret is shared.'),
  publicKeysUrl: orNull(url('Where anybody finds them; null where a secret is shared.')),
  previousKeyValidUntil: orNull(
    timestamp('Until then the key before the current one signs along; null when none does.'),
  ),
  disabled,
  registeredAt: timestamp('What happened before is not told.'),
};

const shownKey = {
  secret: orNull(
    text('Shared with the receiver, in this answer only; null in the scheme standard-ed25519.', {
      pattern: '^whsec_',
    }),
  ),
  publicKey: orNull(text('What signatures are checked with; null where a secret is shared.')),
};

export const webhookEndpoint = object('A URL that is told of what happens.', fields);

export const newWebhookEndpoint = object('The same, with what receivers check signatures with.', {
  ...fields,
  ...shownKey,
});

export const publicKeySet = object('What signatures of an endpoint are checked with.', {
  scheme: fields.scheme,
  keys: fields.publicKeys,
});

const breakerStates = ['closed', 'open', 'half_open'] satisfies readonly BreakerState[];
const outcomes = [
  ...(['delivered', 'retry', 'exhausted', 'refused'] as const),
] satisfies readonly WebhookAttemptOutcome[];

const health = object('How it does.', {
  breaker: oneOf(breakerStates, '`open`: nothing is sent for a while. `half_open`: one is tried.'),
  probeAt: orNull(timestamp('When an open breaker lets one through.')),
  failingSince: orNull(
    timestamp('When it first failed since it last worked; null while it works.'),
  ),
  waiting: count('Messages for it that are not settled.'),
  waitingSince: orNull(timestamp('Since when the oldest of them waits; null when none does.')),
  expiresAt: orNull(
    timestamp('When the oldest expires that waits for it; null while it is enabled.'),
  ),
  underWay: count('Deliveries to it under way, as of the last second or so.'),
  recent: list(oneOf(outcomes, 'What became of an attempt.'), 'Of its last 50, newest first.'),
  successRatio: orNull({
    type: 'number',
    minimum: 0,
    maximum: 1,
    description: 'Part of those that were delivered; null when there was none.',
  }),
});

export const watchedWebhookEndpoint = object('An endpoint, and how it does.', {
  ...fields,
  health,
});

export const webhookEndpointList = object('Endpoints in the order of their registration.', {
  endpoints: list(watchedWebhookEndpoint, 'At most 100.'),
});

export const rotatedEndpointSecret = object('A new key.', {
  ...shownKey,
  previousValidUntil: timestamp('Until then the key before signs along.'),
});
