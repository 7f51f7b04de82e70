import { given } from '@imprest/testkit/domain';
import { describe, expect, test } from 'vitest';
import { fold } from '../shared/decider.js';
import {
  listeningEndpoints,
  MAX_WEBHOOK_ENDPOINTS,
  type WebhookEndpoint,
  type WebhookEndpointEvent,
  webhookEndpoint,
} from './index.js';

const sealed = (text: string) => ({ sealed: `v1.${text}`, dataKeyId: `key_${text}` });
const endpoint = (endpointId: string, more: Partial<WebhookEndpoint> = {}): WebhookEndpoint => ({
  endpointId,
  scheme: 'xavira',
  events: ['generation.completed', 'generation.failed'],
  target: sealed('url'),
  signingSecret: sealed('secret'),
  registeredAt: '2026-01-15T09:00:00.000Z',
  ...more,
});
const registered = (...rest: Parameters<typeof endpoint>): WebhookEndpointEvent => ({
  type: 'WebhookEndpointRegistered',
  data: endpoint(...rest),
});
const register = (...rest: Parameters<typeof endpoint>) =>
  ({ type: 'RegisterWebhookEndpoint', endpoint: endpoint(...rest) }) as const;
const remove = (endpointId: string) =>
  ({ type: 'RemoveWebhookEndpoint', endpointId, reason: 'not wanted' }) as const;
const removed = (endpointId: string): WebhookEndpointEvent => ({
  type: 'WebhookEndpointRemoved',
  data: { endpointId, reason: 'not wanted' },
});

describe('an endpoint', () => {
  test('is registered once and can be removed', () => {
    given(webhookEndpoint).when(register('whk_1')).then(registered('whk_1'));
    given(webhookEndpoint, registered('whk_1')).when(register('whk_1')).thenNothingHappened();
    given(webhookEndpoint, registered('whk_1')).when(remove('whk_1')).then(removed('whk_1'));
    given(webhookEndpoint, registered('whk_1'), removed('whk_1'))
      .when(remove('whk_1'))
      .thenRejected('not_found');
  });

  test('listens to something', () => {
    given(webhookEndpoint)
      .when(register('whk_1', { events: [] }))
      .thenRejected('validation_error');
  });

  test('has a bounded number of others beside it', () => {
    const all = Array.from({ length: MAX_WEBHOOK_ENDPOINTS }, (_, n) => registered(`whk_${n}`));
    given(webhookEndpoint, ...all)
      .when(register('whk_x'))
      .thenRejected('conflict');
    given(webhookEndpoint, ...all, removed('whk_3'))
      .when(register('whk_x'))
      .then(registered('whk_x'));
  });
});

test('who listens is told of what happened since it was registered', () => {
  const state = fold(webhookEndpoint, [
    registered('whk_all'),
    registered('whk_failures', { events: ['generation.failed'] }),
    registered('whk_late', { registeredAt: '2026-01-15T09:00:00.002Z' }),
    registered('whk_gone'),
    removed('whk_gone'),
  ]);
  const heard = (event: 'generation.completed' | 'generation.failed') =>
    listeningEndpoints(state, event, '2026-01-15T09:00:00.001Z').map((one) => one.endpointId);
  expect(heard('generation.completed')).toEqual(['whk_all']);
  expect(heard('generation.failed')).toEqual(['whk_all', 'whk_failures']);
});
