import type { Operation, RequestBody } from '@imprest/platform';
import * as schemas from '../schemas/webhook-endpoint.js';

const tag = 'Webhooks';

const example = {
  id: 'whk_01h5z8k2m4n6p8r0t2v4x6y8z0',
  scheme: 'standard',
  url: 'https://shop.example.com/hooks/imprest',
  events: ['generation.completed', 'generation.failed', 'endpoint.disabled'],
  headers: { 'x-shop': 'north' },
  ordering: 'generation',
  perSecond: 50,
  concurrency: 8,
  retryDelays: null,
  publicKeys: [],
  publicKeysUrl: null,
  previousKeyValidUntil: null,
  disabled: null,
  registeredAt: '2026-11-20T09:30:00.000Z',
};
const secret = 'whsec_Zm9yIGV4YW1wbGUsIG5vIHNlY3JldCBvZiBhbnlib2R5';

const options: RequestBody['fields'] = {
  url: { description: 'Public HTTPS URL. Private, loopback and link-local addresses are refused.' },
  events: { description: 'What it is told of; everything when absent.' },
  headers: {
    description:
      'Up to 8 headers named `x-…` that go along. Names of the connection, of forwarding and of signatures are refused.',
  },
  ordering: {
    default: 'none',
    description:
      '`generation`: later messages about a generation wait until the earlier ones are settled. `endpoint`: all wait for the one before.',
  },
  perSecond: { description: 'Deliveries begun in a second over all processes; 0 for no limit.' },
  concurrency: { default: 32, description: 'Deliveries under way at a time in one process.' },
  retryDelays: {
    description:
      'Seconds before the second, third … attempt, a week in all; empty for the usual schedule.',
  },
};

const health = {
  ...{ breaker: 'closed', probeAt: null, failingSince: null },
  ...{ waiting: 0, waitingSince: null, expiresAt: null, underWay: 0 },
  ...{ recent: ['delivered', 'delivered'], successRatio: 1 },
};
const watched = {
  description: 'The endpoint, and how it does.',
  schema: schemas.watchedWebhookEndpoint,
  example: { ...example, health },
};

const settings = { description: 'The endpoint.', schema: schemas.webhookEndpoint, example };

export const webhookEndpointOperations = {
  register: {
    id: 'registerWebhookEndpoint',
    tag,
    summary: 'Register a webhook endpoint',
    description:
      'It is told of what happens from then on, in every dialect; one of the scheme `xavira` of generations of that dialect only. At most 100.',
    body: {
      name: 'NewWebhookEndpoint',
      fields: {
        ...options,
        scheme: { default: 'standard', description: 'How deliveries are signed; it stays.' },
      },
      examples: { all: { summary: 'Hear of everything', value: { url: example.url } } },
    },
    answers: {
      201: {
        description: 'The endpoint and its secret, which is not shown again.',
        schema: schemas.newWebhookEndpoint,
        example: { ...example, secret, publicKey: null },
      },
    },
    errors: ['validation_error', 'conflict'],
  },
  list: {
    id: 'listWebhookEndpoints',
    tag,
    summary: 'List webhook endpoints',
    answers: {
      200: {
        description: 'The endpoints, without their secrets.',
        schema: schemas.webhookEndpointList,
        example: { endpoints: [watched.example] },
      },
    },
  },
  get: {
    id: 'getWebhookEndpoint',
    tag,
    summary: 'One webhook endpoint',
    answers: { 200: watched },
    errors: ['not_found'],
  },
  change: {
    id: 'changeWebhookEndpoint',
    tag,
    summary: 'Change a webhook endpoint',
    description: 'What is left out stays as it is. What waits is sent as the endpoint is then.',
    body: {
      name: 'WebhookEndpointChanges',
      fields: options,
      examples: { slower: { summary: 'Ten a second', value: { perSecond: 10 } } },
    },
    answers: { 200: settings },
    errors: ['not_found', 'validation_error'],
  },
  remove: {
    id: 'removeWebhookEndpoint',
    tag,
    summary: 'Remove a webhook endpoint',
    description: 'What still waits for it is not sent any more; its keys are destroyed.',
    answers: { 204: { description: 'It is gone.' } },
    errors: ['not_found'],
  },
  rotateSecret: {
    id: 'rotateWebhookEndpointSecret',
    tag,
    summary: 'Rotate the secret of a webhook endpoint',
    description:
      'Deliveries carry a signature of the new key and one of the old until the overlap ends; in the scheme `xavira` the old one stops at once.',
    body: {
      name: 'WebhookEndpointRotation',
      fields: {
        overlapSeconds: {
          default: 86_400,
          description: 'Seconds for which the old one signs along, up to a week.',
        },
      },
      examples: { hour: { summary: 'An hour to change over', value: { overlapSeconds: 3_600 } } },
    },
    answers: {
      200: {
        description: 'The new secret, which is not shown again, or the new public key.',
        schema: schemas.rotatedEndpointSecret,
        example: { secret, publicKey: null, previousValidUntil: '2026-11-21T09:30:00.000Z' },
      },
    },
    errors: ['not_found'],
  },
  disable: {
    id: 'disableWebhookEndpoint',
    tag,
    summary: 'Disable a webhook endpoint',
    description: 'Nothing is sent to it; what happens meanwhile waits. Safe to repeat.',
    answers: { 200: watched },
    errors: ['not_found'],
  },
  enable: {
    id: 'enableWebhookEndpoint',
    tag,
    summary: 'Enable a webhook endpoint',
    description: 'What waited is sent in its order, little by little. Safe to repeat.',
    answers: { 200: watched },
    errors: ['not_found'],
  },
} satisfies Record<string, Operation>;

export const publicKeysOperations = {
  keys: {
    id: 'listWebhookPublicKeys',
    tag,
    summary: 'Public keys of a webhook endpoint',
    description:
      'Needs no API key: whoever receives its deliveries may read it, and reads it anew while a rotation lasts. Empty for schemes that share a secret.',
    answers: {
      200: {
        description: 'The keys, newest first.',
        schema: schemas.publicKeySet,
        example: {
          scheme: 'standard-ed25519',
          keys: [
            {
              key: 'whpk_MCowBQYDK2VwAyEAGb9ECWmEzf6FQbrBZ9w7lsQhqowtrbLDFw4rXAxZuE',
              validUntil: null,
            },
          ],
        },
      },
    },
    errors: ['not_found'],
  },
} satisfies Record<string, Operation>;
