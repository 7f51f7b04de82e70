import { given } from '@imprest/testkit/domain';
import { describe, expect, test } from 'vitest';
import {
  type RecordWebhookAttempt,
  type WebhookAttemptOutcome,
  type WebhookMessageEvent,
  webhookMessage,
} from './index.js';

const about = {
  tenantId: 'ten',
  about: { kind: 'generation', id: 'g1' },
  endpointId: null,
  event: 'generation.completed',
  sequence: null,
} as const;
const result = (outcome: WebhookAttemptOutcome) => ({
  outcome,
  status: outcome === 'delivered' ? 200 : 503,
  error: outcome === 'delivered' ? null : 'HTTP 503',
  elapsedMs: 120,
  nextAttemptAt: outcome === 'retry' ? '2026-01-15T09:00:05.000Z' : null,
});

const create = { type: 'CreateWebhookMessage', message: about } as const;
const record = (attempt: number, outcome: WebhookAttemptOutcome): RecordWebhookAttempt => ({
  type: 'RecordWebhookAttempt',
  attempt,
  result: result(outcome),
});
const redeliver = { type: 'RequestRedelivery', reason: 'repaired', recoveryId: null } as const;
const withdraw = { type: 'WithdrawWebhookMessage', reason: 'deleted' } as const;
const expire = { type: 'ExpireWebhookMessage', reason: 'disabled for 30 days' } as const;

const created: WebhookMessageEvent = { type: 'WebhookMessageCreated', data: about };
const attempted = (attempt: number, outcome: WebhookAttemptOutcome): WebhookMessageEvent => ({
  type: 'WebhookAttempted',
  data: { attempt, ...result(outcome) },
});
const redelivery: WebhookMessageEvent = {
  type: 'WebhookRedeliveryRequested',
  data: { reason: 'repaired', recoveryId: null },
};
const withdrawn: WebhookMessageEvent = {
  type: 'WebhookMessageWithdrawn',
  data: { reason: 'deleted' },
};
const expired: WebhookMessageEvent = {
  type: 'WebhookMessageExpired',
  data: { reason: 'disabled for 30 days' },
};

describe('CreateWebhookMessage', () => {
  test('creates the message', () => {
    given(webhookMessage).when(create).then(created);
  });

  test('repeated, nothing happens, whatever became of it', () => {
    given(webhookMessage, created).when(create).thenNothingHappened();
    given(webhookMessage, created, withdrawn).when(create).thenNothingHappened();
  });
});

describe('an unknown message', () => {
  test.each([record(1, 'delivered'), redeliver, withdraw, expire])(
    'is not found by $type',
    (command) => {
      given(webhookMessage).when(command).thenRejected('not_found');
    },
  );
});

describe('RecordWebhookAttempt', () => {
  test.each<WebhookAttemptOutcome>(['delivered', 'retry', 'exhausted', 'refused'])(
    'states that it was %s',
    (outcome) => {
      given(webhookMessage, created).when(record(1, outcome)).then(attempted(1, outcome));
    },
  );

  test('counts on after a retry', () => {
    given(webhookMessage, created, attempted(1, 'retry'))
      .when(record(2, 'delivered'))
      .then(attempted(2, 'delivered'));
  });

  test('repeated, nothing happens', () => {
    given(webhookMessage, created, attempted(1, 'retry'))
      .when(record(1, 'retry'))
      .thenNothingHappened();
  });

  test('out of turn is refused', () => {
    given(webhookMessage, created, attempted(1, 'retry'))
      .when(record(3, 'retry'))
      .thenRejected('conflict', { message: 'attempt 3 cannot follow 1' });
  });

  test.each<WebhookAttemptOutcome>(['delivered', 'exhausted', 'refused'])(
    'after it was %s changes nothing',
    (outcome) => {
      given(webhookMessage, created, attempted(1, outcome))
        .when(record(2, 'retry'))
        .thenNothingHappened();
    },
  );

  test('after the message was withdrawn changes nothing', () => {
    given(webhookMessage, created, withdrawn).when(record(1, 'delivered')).thenNothingHappened();
  });
});

describe('RequestRedelivery', () => {
  test.each<WebhookAttemptOutcome>(['delivered', 'retry', 'exhausted', 'refused'])(
    'after it was %s starts the schedule anew and keeps counting attempts',
    (outcome) => {
      const history = [created, attempted(1, outcome)];
      given(webhookMessage, ...history)
        .when(redeliver)
        .then(redelivery);
      given(webhookMessage, ...history)
        .when(redeliver)
        .thenState((state) =>
          expect(state).toMatchObject({ status: 'pending', attempts: 1, attemptsInRound: 0 }),
        );
      given(webhookMessage, ...history, redelivery)
        .when(record(2, 'delivered'))
        .then(attempted(2, 'delivered'));
    },
  );

  test('repeated before the next attempt, nothing happens', () => {
    given(webhookMessage, created, attempted(1, 'exhausted'), redelivery)
      .when(redeliver)
      .thenNothingHappened();
    given(webhookMessage, created).when(redeliver).thenNothingHappened();
  });

  test('of what was withdrawn is refused', () => {
    given(webhookMessage, created, withdrawn).when(redeliver).thenRejected('conflict');
  });
});

describe('WithdrawWebhookMessage', () => {
  test.each([[[created]], [[created, attempted(1, 'delivered')]]])('withdraws', (history) => {
    given(webhookMessage, ...history)
      .when(withdraw)
      .then(withdrawn);
  });

  test('repeated, nothing happens', () => {
    given(webhookMessage, created, withdrawn).when(withdraw).thenNothingHappened();
  });
});

describe('ExpireWebhookMessage', () => {
  test.each([[[created]], [[created, attempted(1, 'retry')]]])('ends the waiting', (history) => {
    given(webhookMessage, ...history)
      .when(expire)
      .then(expired);
  });

  test.each([[[created, attempted(1, 'delivered')]], [[created, withdrawn]], [[created, expired]]])(
    'of what does not wait changes nothing',
    (history) => {
      given(webhookMessage, ...history)
        .when(expire)
        .thenNothingHappened();
    },
  );

  test('is no end: it may be asked for again', () => {
    given(webhookMessage, created, expired).when(redeliver).then(redelivery);
  });
});
