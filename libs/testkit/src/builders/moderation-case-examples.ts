import type { EventOf } from '@imprest/event-catalogue';
import * as id from './identifiers.js';
import { outputVerdict } from './stored-image.js';

const { latencyMs: _, ...verdict } = outputVerdict({
  outcome: 'review',
  category: 'violence/graphic',
  score: 0.97,
});

export const moderationCaseExamples = {
  CaseOpened: {
    kind: 'output',
    grounds: 'review',
    tenantId: id.tenantId,
    endUserId: id.endUserId,
    generationId: id.generationId,
    verdicts: [verdict],
    media: [
      {
        assetId: 'wth_01kf0aq3s6f8h1k4n7r0t3w6y9',
        mediaType: 'image/png',
        sha256: id.sha256,
        keptUntil: '2026-02-14T09:00:00.000Z',
      },
    ],
    note: null,
    dueAt: '2026-01-16T09:00:00.000Z',
  },
  MediaUnblurred: { assetId: 'wth_01kf0aq3s6f8h1k4n7r0t3w6y9', reason: 'the blur hides the scene' },
  CaseDecided: { decision: 'uphold', reason: 'violence', note: null },
  CaseReopened: {
    reason: 'appeal',
    note: 'the tenant says it is a weather map',
    dueAt: '2026-01-17T09:00:00.000Z',
  },
} satisfies {
  readonly [Type in
    | 'CaseOpened'
    | 'MediaUnblurred'
    | 'CaseDecided'
    | 'CaseReopened']: EventOf<Type>['data'];
};
