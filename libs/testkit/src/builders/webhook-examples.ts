import type { EventOf, EventType } from '@imprest/event-catalogue';
import * as id from './identifiers.js';

type ExampleData = { readonly [Type in EventType]: EventOf<Type>['data'] };

const endpointSettings = {
  events: ['generation.completed', 'generation.failed'],
  target: { sealed: 'v1.YSBVUkwsIHNlYWxlZA==', dataKeyId: id.dataKeyId },
  headers: { sealed: 'v1.aGVhZGVycywgc2VhbGVk', dataKeyId: id.dataKeyId },
  ordering: 'generation',
  perSecond: 20,
  concurrency: 8,
  retryDelays: [5, 300, 3_600],
} as const;

const webhookEndpoint = {
  WebhookEndpointRegistered: {
    endpointId: 'whk_01kf0ak25g6m7n9z3dqerfsgth',
    scheme: 'standard-ed25519',
    ...endpointSettings,
    signingSecret: { sealed: 'v1.YSBzZWNyZXQsIHNlYWxlZA==', dataKeyId: id.dataKeyId },
    publicKey: 'whpk_11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=',
    registeredAt: '2026-01-15T09:00:00.000Z',
  },
  WebhookEndpointChanged: {
    endpointId: 'whk_01kf0ak25g6m7n9z3dqerfsgth',
    ...endpointSettings,
    headers: null,
    ordering: 'none',
    perSecond: null,
    retryDelays: null,
  },
  WebhookEndpointSecretRotated: {
    endpointId: 'whk_01kf0ak25g6m7n9z3dqerfsgth',
    signingSecret: { sealed: 'v1.YW5vdGhlciBzZWNyZXQ=', dataKeyId: id.dataKeyId },
    publicKey: null,
    previousValidUntil: '2026-01-16T09:00:00.000Z',
  },
  WebhookEndpointDisabled: {
    endpointId: 'whk_01kf0ak25g6m7n9z3dqerfsgth',
    cause: 'failing',
    reason: 'it took nothing for 5 days',
    disabledAt: '2026-01-20T09:00:00.000Z',
  },
  WebhookEndpointEnabled: { endpointId: 'whk_01kf0ak25g6m7n9z3dqerfsgth' },
  WebhookEndpointRemoved: {
    endpointId: 'whk_01kf0ak25g6m7n9z3dqerfsgth',
    reason: 'removed by the tenant',
  },
} satisfies Partial<ExampleData>;

const webhookMessage = {
  WebhookMessageCreated: {
    tenantId: id.tenantId,
    about: { kind: 'generation', id: id.generationId },
    endpointId: 'whk_01kf0ak25g6m7n9z3dqerfsgth',
    event: 'generation.completed',
    sequence: 41,
  },
  WebhookAttempted: {
    attempt: 1,
    outcome: 'retry',
    status: 503,
    error: 'HTTP 503',
    elapsedMs: 212,
    nextAttemptAt: '2026-01-15T09:00:35.000Z',
  },
  WebhookRedeliveryRequested: {
    reason: 'the receiver was repaired',
    recoveryId: 'rcv_01kf0ak25g6m7n9z3dqerfsgth',
  },
  WebhookMessageWithdrawn: { reason: 'the generation was deleted' },
  WebhookMessageExpired: { reason: 'its endpoint was disabled for 30 days' },
} satisfies Partial<ExampleData>;

const webhookRecovery = {
  WebhookRecoveryRequested: {
    recoveryId: 'rcv_01kf0ak25g6m7n9z3dqerfsgth',
    endpointId: 'whk_01kf0ak25g6m7n9z3dqerfsgth',
    statuses: ['exhausted', 'expired'],
    since: '2026-01-15T09:00:00.000Z',
    until: '2026-01-16T09:00:00.000Z',
    reason: 'the receiver was repaired',
  },
  WebhookRecoveryAdvanced: {
    recoveryId: 'rcv_01kf0ak25g6m7n9z3dqerfsgth',
    page: 1,
    looked: 100,
    recovered: 98,
    cursor: 'WyIyMDI2LTAxLTE1VDEwOjAwOjAwLjAwMFoiLCJtc2dfMSJd',
  },
  WebhookRecoveryEnded: { recoveryId: 'rcv_01kf0ak25g6m7n9z3dqerfsgth', outcome: 'complete' },
} satisfies Partial<ExampleData>;

export const webhookExamples = {
  ...webhookEndpoint,
  ...webhookMessage,
  ...webhookRecovery,
};
