import type { DomainEvent } from '@imprest/domain';
import type { EventOf, EventType } from '@imprest/event-catalogue';
import { accountingExamples } from './accounting-examples.js';
import { generationRequest } from './generation-request.js';
import * as id from './identifiers.js';
import { identityExamples } from './identity-examples.js';
import { moderationCaseExamples } from './moderation-case-examples.js';
import { priceQuote } from './price-quote.js';
import { outputVerdict, storedImage, storedImages } from './stored-image.js';
import { topUpExamples } from './top-up-examples.js';
import { webhookExamples } from './webhook-examples.js';
import { workerExamples } from './worker-examples.js';

type ExampleData = { readonly [Type in EventType]: EventOf<Type>['data'] };

const price = priceQuote({ images: 4, perImage: 10n });
const promotional = { lotId: 'lot_welcome_2026', tokens: 15n };
const purchased = { lotId: 'lot_01kf0afy1c2g3h5v9kambncpd', tokens: 25n };

const budgetCharge = { budgetId: 'bud_01kf0ah94g5m7p9x3drwtqvzhk', on: '2026-01-15' };

const tokenAccount = {
  AccountOpened: { tenantId: id.tenantId },
  TokensPurchased: {
    lotId: purchased.lotId,
    tokens: 50_000n,
    paid: { minorUnits: 49_900n, currency: 'EUR' },
    paymentId: 'pay_01kf0agz2d3h4j6w0ambncpdqe',
    provider: 'manual',
    discount: { tier: 'from 50,000', listMinorUnits: 52_500n },
  },
  TokensGranted: {
    lotId: promotional.lotId,
    tokens: 1_000n,
    reason: 'welcome credit',
    expiresAt: '2026-04-15T00:00:00.000Z',
  },
  TokensHeld: {
    generationId: id.generationId,
    tokens: price.total,
    allocations: [promotional, purchased],
    price,
    budgets: [budgetCharge],
  },
  HoldSettled: {
    generationId: id.generationId,
    captured: [promotional, { ...purchased, tokens: 15n }],
    released: [{ ...purchased, tokens: 10n }],
  },
  HoldReleased: {
    generationId: id.generationId,
    released: [promotional, purchased],
    reason: 'cancelled by the caller',
  },
  TokensRefunded: {
    refundId: 'ref_01kf0ah03e4j5k7x1bncpdqerf',
    generationId: id.generationId,
    allocations: [{ ...purchased, tokens: 10n }],
    reason: 'one image showed a seam',
    budgets: [budgetCharge],
  },
  LotExpired: { lotId: promotional.lotId, tokens: 985n },
  ChargedBack: {
    chargeBackId: 'cbk_01kf0aj14f5k6m8y2cpdqerfsg',
    lotId: purchased.lotId,
    tokens: 50_000n,
    reason: 'card holder disputes the payment',
  },
  PurchaseRefunded: {
    purchaseRefundId: 'prf_01kf0aj2x6p8q1v4w7y9z2b3c5',
    lotId: purchased.lotId,
    tokens: 10_000n,
    reason: 'ordered twice',
  },
  AccountFrozen: { reason: 'charge-back: card holder disputes the payment' },
  AccountUnfrozen: { reason: 'dispute withdrawn' },
  BudgetSet: {
    budgetId: budgetCharge.budgetId,
    subject: { kind: 'endUser', id: id.endUserId },
    limits: { perDay: 100n, perMonth: 1_000n, total: null },
  },
  BudgetShared: { budgetId: budgetCharge.budgetId, subject: { kind: 'apiKey', id: id.apiKeyId } },
  BudgetCleared: { subject: { kind: 'endUser', id: id.endUserId } },
} satisfies Partial<ExampleData>;

const generation = {
  GenerationRequested: generationRequest({ price }),
  GenerationStarted: { attempt: 1 },
  ImageStored: storedImage(),
  ImageLost: { index: 3 },
  GenerationSucceeded: {
    ...{ images: 3, charged: 30n, refunded: 10n },
    lots: [
      { lotId: promotional.lotId, tokens: 20n },
      { lotId: purchased.lotId, tokens: 10n },
    ],
  },
  GenerationFailed: {
    code: 'provider_timeout',
    message: 'the provider did not finish in 120 seconds',
    retryable: true,
    retryAfter: 30,
    charged: 0n,
    refunded: 40n,
    lots: [],
  },
  GenerationCancelled: { reason: 'cancelled by the caller', charged: 0n, refunded: 40n },
  GenerationErased: { reason: 'deleted by the caller' },
} satisfies Partial<ExampleData>;

const job = {
  JobQueued: { tenantId: id.tenantId, model: 'landscape-1', cost: 4.5 },
  JobLeased: { workerId: 'wrk_gpu-a-0', fence: 7, attempt: 2 },
  JobProgressed: { fence: 7, fraction: 0.25 },
  JobAttemptFailed: {
    fence: 7,
    attempt: 2,
    failureClass: 'infrastructure',
    message: 'the GPU ran out of memory',
    retryAt: '2026-01-15T09:00:01.250Z',
    usage: { gpuMs: 4_200, loadMs: 3_100 },
    unresolvedAttempt: null,
  },
  JobSucceeded: {
    fence: 8,
    stored: storedImages(3),
    lost: [3],
    usage: { gpuMs: 9_400, loadMs: 0 },
  },
  JobOutputWithheld: {
    fence: 8,
    index: 1,
    sha256: id.sha256,
    verdict: outputVerdict({ outcome: 'review', category: 'violence/graphic', score: 0.97 }),
    kept: {
      assetId: 'wth_01kf0aq3s6f8h1k4n7r0t3w6y9',
      mediaType: 'image/png',
      keptUntil: '2026-02-14T09:00:00.000Z',
    },
  },
  JobDeadLettered: {
    attempts: 5,
    failureClass: 'infrastructure',
    message: 'the GPU ran out of memory',
  },
  JobRedriven: {
    generationId: 'req_01kf0b4m2n4p6r8t0v2x4z6b8d',
    reason: 'the GPU was replaced',
  },
  JobDeadlineMissed: { deadline: 'startBy', at: '2026-01-15T09:05:00.000Z' },
  JobCancelled: { reason: 'cancelled by the caller' },
} satisfies Partial<ExampleData>;

const tenancy = {
  TenantCreated: {
    name: 'Atlas Travel Guides',
    webhookSecret: { sealed: 'v1.d2ViaG9vayBzZWNyZXQgb25lLCBzZWFsZWQ=', dataKeyId: id.dataKeyId },
  },
  TierAssigned: { tier: 'scale' },
  ShareAssigned: { weight: 2.5, cap: 8, priority: null },
  WebhookSecretRotated: {
    webhookSecret: { sealed: 'v1.d2ViaG9vayBzZWNyZXQgdHdvLCBzZWFsZWQ=', dataKeyId: id.dataKeyId },
    previousValidUntil: '2026-01-16T09:00:00.000Z',
  },
  ApiKeyIssued: {
    tenantId: id.tenantId,
    name: 'production',
    prefix: 'imp_4f9c',
    hash: id.sha256,
    scopes: ['generations:write', 'generations:read', 'balance:read'],
    models: ['xSD4.5', 'xSD4.5-draft'],
    expiresAt: '2027-01-15T00:00:00.000Z',
    requestsPerMinute: 500,
  },
  ApiKeyRotated: {
    successorId: 'key_01kf0ak25g6m7n9z3dqerfsgth',
    validUntil: '2026-01-16T09:00:00.000Z',
  },
  ApiKeyRevoked: { reason: 'leaked in a public repository' },
  EndUserRegistered: {
    tenantId: id.tenantId,
    confidential: 'v1.YW4gZS1tYWlsIGFkZHJlc3MsIHNlYWxlZA==',
    dataKeyId: id.dataKeyId,
  },
  EndUserBlocked: { reason: 'repeated refused prompts', caseId: null },
  EndUserUnblocked: { reason: 'appeal granted', caseId: null, stillBlocked: null },
  EndUserPromptRefused: { category: 'violence', reviewer: 'local-rules@1' },
  EndUserErased: { reason: 'asked for by the end user' },
} satisfies Partial<ExampleData>;

const character = {
  CharacterCreated: {
    tenantId: id.tenantId,
    model: 'realistic-sharp',
    fingerprint: 'q1J2pZ0vXn3cT6bLw8sYd4kR5uH7gF9aE2mN0oPiQtU',
    confidential: 'v1.bmFtZSBhbmQgdHJhaXRzLCBzZWFsZWQ=',
    dataKeyId: id.dataKeyId,
  },
  CharacterChanged: {
    confidential: 'v1.b3RoZXIgdHJhaXRzLCBzZWFsZWQ=',
    traitsChanged: true,
  },
  CharacterIdentityAnchored: { traitsVersion: 2, embedding: 'v1.YW4gZW1iZWRkaW5nLCBzZWFsZWQ=' },
  CharacterDeleted: { reason: 'deleted by the tenant' },
} satisfies Partial<ExampleData>;

const referenceConsent = {
  ReferenceConsentRecorded: {
    tenantId: id.tenantId,
    consentId: 'cns_01kf0ak25g6m7n9z3dqerfsgth',
    basis: 'signed_document',
    grantedAt: '2026-01-10T09:00:00.000Z',
    expiresAt: '2027-01-10T09:00:00.000Z',
    fingerprint: 'q1J2pZ0vXn3cT6bLw8sYd4kR5uH7gF9aE2mN0oPiQtU',
    confidential: 'v1.YSBuYW1lIGFuZCBhIHN0YXRlbWVudCwgc2VhbGVk',
    dataKeyId: id.dataKeyId,
  },
  ReferenceConsentWithdrawn: {
    consentId: 'cns_01kf0ak25g6m7n9z3dqerfsgth',
    reason: 'asked for by the person',
    dataKeyIds: [id.dataKeyId],
  },
  ReferenceConsentTextErased: {
    reason: 'the reference was erased by the tenant',
    dataKeyIds: [id.dataKeyId],
  },
} satisfies Partial<ExampleData>;

const ledgerSeal = {
  SealKeyIntroduced: {
    keyId: '5d41402abc4b2a76b9719d911017c592',
    publicKey: '11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=',
    previousKeyId: null,
    endorsement: null,
    introducedAt: '2026-01-15T23:59:00.000Z',
    reason: 'first key',
  },
  LedgerSealed: {
    format: 1,
    number: 1,
    after: '0',
    upTo: '4711',
    events: 4_711,
    root: id.sha256,
    accounts: 12,
    accountsRoot: id.sha256,
    previous: null,
    knownBefore: '2026-01-16T00:00:00.000Z',
    sealedAt: '2026-01-16T00:05:00.000Z',
    keyId: '5d41402abc4b2a76b9719d911017c592',
    digest: id.sha256,
    signature:
      '5VZDAMNgrHKQhuLMgG6CioSHfx64J5Q0xVeebZqx1Fk4DVbMEJQaL3bPMLJRsIeLgnCJyd4LSnSCuqFJmNYDDQ==',
  },
} satisfies Partial<ExampleData>;

const parked = { stream: `generation-${id.generationId}`, revision: 4 };
const consumer = {
  EventParked: {
    ...parked,
    eventId: '019bc1a4-7c00-7000-8000-00000000002a',
    eventType: 'GenerationSucceeded',
    kind: 'reactor',
    failure: 'TypeError',
    attempts: 5,
  },
  ParkedEventRetried: { ...parked, reason: 'mended in the release of today' },
  ParkedEventSkipped: { ...parked, reason: 'the receiver was told by telephone' },
  ParkedStreamReleased: { ...parked, revision: 6 },
} satisfies Partial<ExampleData>;

/** One realistic event of every type. A type without an example does not compile. */
export const exampleEventData: ExampleData = {
  ...tokenAccount,
  ...generation,
  ...job,
  ...identityExamples,
  ...moderationCaseExamples,
  ...workerExamples,
  ...tenancy,
  ...character,
  ...referenceConsent,
  ...consumer,
  ...ledgerSeal,
  ...webhookExamples,
  ...topUpExamples,
  ...accountingExamples,
};

export function exampleEvent<Type extends EventType>(type: Type): EventOf<Type> {
  return { type, data: exampleEventData[type] } as unknown as EventOf<Type>;
}

export function exampleEvents(): readonly DomainEvent[] {
  return (Object.keys(exampleEventData) as EventType[]).map((type) => exampleEvent(type));
}
