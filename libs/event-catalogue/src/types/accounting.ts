import type { ClosingBalance, FindingSubject, SealReference } from '@imprest/domain';
import type { JsonObject } from '../envelope.js';
import { type EventOf, firstVersion } from '../event-definition.js';
import { amount, integer, list, nullable, object, oneOf, string, timestamp } from '../schema.js';

const closingBalance = object<ClosingBalance>({
  accountClass: string(),
  currency: nullable(string()),
  tokens: amount(),
  minorUnits: amount(),
});

const sealReference = object<SealReference>({
  number: integer(),
  upTo: string(),
  digest: string(),
});

export const accountingPeriodEvents = {
  PeriodClosed: {
    category: 'accountingPeriod',
    version: 2,
    schema: object<EventOf<'PeriodClosed'>['data']>({
      month: string(),
      upTo: string(),
      closedAt: timestamp(),
      entries: amount(),
      trialBalance: list(closingBalance),
      digest: string(),
      seal: nullable(sealReference),
      reason: nullable(string()),
    }),
    // Nobody was asked why.
    upcasters: [(data: JsonObject) => ({ ...data, reason: null })],
  },
};

export const auditFindingEvents = {
  FindingOpened: firstVersion(
    'auditFinding',
    object<EventOf<'FindingOpened'>['data']>({
      check: string(),
      source: oneOf('invariant', 'reconciliation', 'audit'),
      subjects: list(object<FindingSubject>({ kind: string(), id: string() })),
      message: string(),
      foundAt: timestamp(),
    }),
  ),
  FindingResolved: firstVersion(
    'auditFinding',
    object<EventOf<'FindingResolved'>['data']>({ check: string(), resolvedAt: timestamp() }),
  ),
};

export const auditRunEvents = {
  AuditCompleted: firstVersion(
    'auditRun',
    object<EventOf<'AuditCompleted'>['data']>({
      day: string(),
      startedAt: timestamp(),
      completedAt: timestamp(),
      upTo: string(),
      events: integer(),
      generations: integer(),
      payments: integer(),
      findings: integer(),
      unanswered: list(string()),
    }),
  ),
};
