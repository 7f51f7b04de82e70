import {
  type CaseMedia,
  type CaseVerdict,
  caseDecisions,
  caseGrounds,
  caseKinds,
  decisionReasons,
  reopeningReasons,
} from '@imprest/domain';
import { type EventOf, firstVersion } from '../event-definition.js';
import { list, nullable, number, object, oneOf, string, timestamp } from '../schema.js';

const category = 'moderationCase';

const verdict = object<CaseVerdict>({
  provider: string(),
  version: string(),
  outcome: oneOf('allow', 'review', 'block'),
  category: nullable(string()),
  score: nullable(number()),
});

const media = object<CaseMedia>({
  assetId: string(),
  mediaType: string(),
  sha256: string(),
  keptUntil: nullable(timestamp()),
});

export const moderationCaseEvents = {
  CaseOpened: firstVersion(
    category,
    object<EventOf<'CaseOpened'>['data']>({
      kind: oneOf(...caseKinds),
      grounds: oneOf(...caseGrounds),
      tenantId: string(),
      endUserId: string(),
      generationId: nullable(string()),
      verdicts: list(verdict),
      media: list(media),
      note: nullable(string()),
      dueAt: timestamp(),
    }),
  ),
  MediaUnblurred: firstVersion(
    category,
    object<EventOf<'MediaUnblurred'>['data']>({ assetId: string(), reason: string() }),
  ),
  CaseDecided: firstVersion(
    category,
    object<EventOf<'CaseDecided'>['data']>({
      decision: oneOf(...caseDecisions),
      reason: oneOf(...decisionReasons),
      note: nullable(string()),
    }),
  ),
  CaseReopened: firstVersion(
    category,
    object<EventOf<'CaseReopened'>['data']>({
      reason: oneOf(...reopeningReasons),
      note: nullable(string()),
      dueAt: timestamp(),
    }),
  ),
};
