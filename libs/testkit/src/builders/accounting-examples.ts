import type { EventOf } from '@imprest/event-catalogue';

const sha256 = '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08';

export const accountingExamples = {
  PeriodClosed: {
    month: '2026-01',
    upTo: '4711',
    closedAt: '2026-02-02T08:00:00.000Z',
    entries: 4_210n,
    trialBalance: [
      { accountClass: 'cash-clearing', currency: 'EUR', tokens: 50_000n, minorUnits: 49_900n },
      { accountClass: 'deferred-revenue', currency: 'EUR', tokens: -49_970n, minorUnits: -49_871n },
      { accountClass: 'revenue', currency: 'EUR', tokens: -30n, minorUnits: -29n },
      { accountClass: 'promotional', currency: null, tokens: -1_000n, minorUnits: 0n },
      { accountClass: 'promotional-issued', currency: null, tokens: 1_000n, minorUnits: 0n },
    ],
    digest: sha256,
    seal: { number: 17, upTo: '4720', digest: sha256 },
    reason: 'the auditors have signed January off',
  } satisfies EventOf<'PeriodClosed'>['data'],
  FindingOpened: {
    check: 'chargedWithoutAsset',
    source: 'reconciliation',
    subjects: [
      { kind: 'tenant', id: 'ten_01kf0a8m3n5p7q9r2s4t6v8w0x' },
      { kind: 'generation', id: 'req_01kf0abt7y8c9d1f3g5h7j9k2m' },
    ],
    message: '30 tokens were captured for 3 images, and 2 are there',
    foundAt: '2026-01-16T02:00:00.000Z',
  } satisfies EventOf<'FindingOpened'>['data'],
  AuditCompleted: {
    day: '2026-01-16',
    startedAt: '2026-01-16T02:00:00.000Z',
    completedAt: '2026-01-16T02:04:12.350Z',
    upTo: '5210',
    ...{ events: 5_210, generations: 1_040, payments: 3, findings: 1 },
    unanswered: [],
  } satisfies EventOf<'AuditCompleted'>['data'],
  FindingResolved: {
    check: 'chargedWithoutAsset',
    resolvedAt: '2026-01-17T02:00:00.000Z',
  } satisfies EventOf<'FindingResolved'>['data'],
};
