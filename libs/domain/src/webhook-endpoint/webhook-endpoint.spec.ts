import { given } from '@imprest/testkit/domain';
import { describe, expect, test } from 'vitest';
import { fold } from '../shared/decider.js';
import {
  type EndpointSettings,
  listeningEndpoints,
  MAX_WEBHOOK_ENDPOINTS,
  type WebhookEndpointEvent,
  type WebhookEndpointRegistered,
  webhookEndpoint,
} from './index.js';

type Registration = WebhookEndpointRegistered['data'];

const sealed = (text: string) => ({ sealed: `v1.${text}`, dataKeyId: `key_${text}` });
const settings: EndpointSettings = {
  events: ['generation.completed', 'generation.failed'],
  target: sealed('url'),
  headers: null,
  ordering: 'none',
  perSecond: null,
  concurrency: 8,
  retryDelays: null,
};
const endpoint = (endpointId: string, more: Partial<Registration> = {}): Registration => ({
  endpointId,
  scheme: 'standard',
  ...settings,
  signingSecret: sealed('secret'),
  publicKey: null,
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
const change = (more: Partial<EndpointSettings>) =>
  ({
    type: 'ChangeWebhookEndpoint',
    endpointId: 'whk_1',
    settings: { ...settings, ...more },
  }) as const;
const why = { cause: 'failing', reason: 'it took nothing for 5 days' } as const;
const now = '2026-01-20T09:00:00.000Z';
const disable = { type: 'DisableWebhookEndpoint', endpointId: 'whk_1', ...why, now } as const;
const disabled: WebhookEndpointEvent = {
  type: 'WebhookEndpointDisabled',
  data: { endpointId: 'whk_1', ...why, disabledAt: now },
};
const enable = { type: 'EnableWebhookEndpoint', endpointId: 'whk_1' } as const;
const enabled: WebhookEndpointEvent = {
  type: 'WebhookEndpointEnabled',
  data: { endpointId: 'whk_1' },
};
const rotation = (secret: string, previousValidUntil = now) => ({
  endpointId: 'whk_1',
  signingSecret: sealed(secret),
  publicKey: null,
  previousValidUntil,
});
const rotate = (...rest: Parameters<typeof rotation>) =>
  ({ type: 'RotateEndpointSecret', rotation: rotation(...rest) }) as const;
const rotated = (secret: string): WebhookEndpointEvent => ({
  type: 'WebhookEndpointSecretRotated',
  data: rotation(secret),
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

  test.each<Partial<EndpointSettings>>([
    { events: [] },
    { perSecond: 0 },
    { perSecond: 1_001 },
    { concurrency: 0 },
    { concurrency: 33 },
    { retryDelays: [0] },
    { retryDelays: [86_401] },
    { retryDelays: [1.5] },
    { retryDelays: Array(21).fill(1) },
    { retryDelays: Array(8).fill(86_400) },
  ])('has settings within their bounds: %j', (wrong) => {
    given(webhookEndpoint).when(register('whk_1', wrong)).thenRejected('validation_error');
    given(webhookEndpoint, registered('whk_1'))
      .when(change(wrong))
      .thenRejected('validation_error');
  });

  test('is changed as a whole, and never its scheme', () => {
    const wanted = { ordering: 'endpoint', perSecond: 1_000, retryDelays: [] } as const;
    given(webhookEndpoint, registered('whk_1'))
      .when(change(wanted))
      .then({
        type: 'WebhookEndpointChanged',
        data: { endpointId: 'whk_1', ...settings, ...wanted },
      });
  });

  test('is disabled and enabled once each', () => {
    given(webhookEndpoint, registered('whk_1')).when(enable).thenNothingHappened();
    given(webhookEndpoint, registered('whk_1')).when(disable).then(disabled);
    given(webhookEndpoint, registered('whk_1'), disabled).when(disable).thenNothingHappened();
    given(webhookEndpoint, registered('whk_1'), disabled).when(enable).then(enabled);
    const { endpoints } = fold(webhookEndpoint, [registered('whk_1'), disabled, enabled]);
    expect(endpoints.get('whk_1')?.disabled).toBeNull();
  });

  test.each([change({}), disable, enable, rotate('new')])('that is unknown: $type', (command) => {
    given(webhookEndpoint).when(command).thenRejected('not_found');
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

describe('a secret', () => {
  test('that is rotated signs along until its time has come', () => {
    given(webhookEndpoint, registered('whk_1')).when(rotate('new')).then(rotated('new'));
    const { endpoints } = fold(webhookEndpoint, [registered('whk_1'), rotated('new')]);
    expect(endpoints.get('whk_1')).toMatchObject({
      signingSecret: sealed('new'),
      previousKey: { signingSecret: sealed('secret'), validUntil: now },
    });
  });

  test('rotated twice to the same keeps the one before', () => {
    given(webhookEndpoint, registered('whk_1'), rotated('new'))
      .when(rotate('new'))
      .thenNothingHappened();
  });

  test('needs a time that can be compared', () => {
    given(webhookEndpoint, registered('whk_1'))
      .when(rotate('new', '2026-01-20'))
      .thenRejected('validation_error');
  });
});

test('who listens is told of what happened since it was registered, disabled or not', () => {
  const state = fold(webhookEndpoint, [
    registered('whk_1'),
    registered('whk_failures', { events: ['generation.failed'] }),
    registered('whk_late', { registeredAt: '2026-01-15T09:00:00.002Z' }),
    registered('whk_gone'),
    removed('whk_gone'),
    disabled,
  ]);
  const heard = (event: 'generation.completed' | 'generation.failed') =>
    listeningEndpoints(state, event, '2026-01-15T09:00:00.001Z').map((one) => one.endpointId);
  expect(heard('generation.completed')).toEqual(['whk_1']);
  expect(heard('generation.failed')).toEqual(['whk_1', 'whk_failures']);
});
