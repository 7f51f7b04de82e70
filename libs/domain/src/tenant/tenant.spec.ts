import { given } from '@imprest/testkit/domain';
import { describe, expect, test } from 'vitest';
import { tenant } from './index.js';

const first = { sealed: 'v1.first', dataKeyId: 'dek1' };
const second = { sealed: 'v1.second', dataKeyId: 'dek2' };
const previousValidUntil = '2026-01-16T09:00:00.000Z';

const create = { type: 'CreateTenant', name: 'Atlas', webhookSecret: first } as const;
const created = { type: 'TenantCreated', data: { name: 'Atlas', webhookSecret: first } } as const;
const rotate = {
  type: 'RotateWebhookSecret',
  webhookSecret: second,
  previousValidUntil,
} as const;
const rotated = {
  type: 'WebhookSecretRotated',
  data: { webhookSecret: second, previousValidUntil },
} as const;

describe('CreateTenant', () => {
  test('creates the tenant', () => {
    given(tenant).when(create).then(created);
  });

  test('repeated, nothing happens, and the first secret stays', () => {
    given(tenant, created)
      .when({ ...create, webhookSecret: second })
      .thenNothingHappened();
  });

  test('under another name is a conflict', () => {
    given(tenant, created)
      .when({ ...create, name: 'Meridian' })
      .thenRejected('conflict');
  });
});

describe('RotateWebhookSecret', () => {
  test('signs with the new secret and keeps the old one for a while', () => {
    given(tenant, created).when(rotate).then(rotated);
    given(tenant, created)
      .when(rotate)
      .thenState((state) => {
        expect(state.webhookSecret).toEqual(second);
        expect(state.previousWebhookSecret).toEqual({ ...first, validUntil: previousValidUntil });
      });
  });

  test('repeated, nothing happens: the previous secret is not lost', () => {
    given(tenant, created, rotated).when(rotate).thenNothingHappened();
  });

  test('of an unknown tenant is refused', () => {
    given(tenant).when(rotate).thenRejected('not_found');
  });

  test('until a time that does not sort as text is refused', () => {
    given(tenant, created)
      .when({ ...rotate, previousValidUntil: '2026-01-16' })
      .thenRejected('validation_error', 'previousValidUntil');
  });
});

describe('AssignShare', () => {
  const terms = { weight: 2.5, cap: 4, priority: null };
  const assign = { type: 'AssignShare', ...terms } as const;
  const assigned = { type: 'ShareAssigned', data: terms } as const;

  test('assigns, once', () => {
    given(tenant, created).when(assign).then(assigned);
    given(tenant, created, assigned).when(assign).thenNothingHappened();
  });

  test('of nothing is what a tenant has to begin with', () => {
    const nothing = { type: 'AssignShare', weight: null, cap: null, priority: null } as const;
    given(tenant, created).when(nothing).thenNothingHappened();
    given(tenant, created, assigned)
      .when(nothing)
      .then({ type: 'ShareAssigned', data: { weight: null, cap: null, priority: null } });
  });

  test.each([
    ['weight', 0],
    ['weight', 1_001],
    ['weight', Number.NaN],
    ['cap', 0],
    ['cap', 1.5],
    ['priority', -1],
    ['priority', 10],
  ])('with a %s of %d is refused', (field, value) => {
    given(tenant, created)
      .when({ ...assign, [field]: value })
      .thenRejected('validation_error', field);
  });

  test('to an unknown tenant is refused', () => {
    given(tenant).when(assign).thenRejected('not_found');
  });
});

describe('AssignTier', () => {
  const assign = { type: 'AssignTier', tier: 'scale' } as const;
  const assigned = { type: 'TierAssigned', data: { tier: 'scale' } } as const;

  test('assigns, once', () => {
    given(tenant, created).when(assign).then(assigned);
    given(tenant, created, assigned).when(assign).thenNothingHappened();
  });

  test('to an unknown tenant is refused', () => {
    given(tenant).when(assign).thenRejected('not_found');
  });
});
