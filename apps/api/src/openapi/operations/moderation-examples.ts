/** A case as lists show it, and with all that happened to it. */
export const listedCase = {
  id: 'case_01kf0ar5t7v9w1x3y5z7a9b1c3',
  state: 'open',
  kind: 'output',
  grounds: 'review',
  category: 'violence',
  score: 0.61,
  tenantId: 'atlas',
  endUserId: 'usr_9f86d081884c7d659a2feaa0c55ad015',
  generationId: 'req_01kf0abt7y8c9d1q5f6g7h8j9k',
  verdicts: [
    {
      ...{ provider: 'output-classifier', version: 'omni-moderation-2024-09-26' },
      ...{ outcome: 'review', category: 'violence', score: 0.61 },
    },
  ],
  media: [
    {
      assetId: 'wth_01kf0aq3s6f8h1k4n7r0t3w6y9',
      mediaType: 'image/png',
      sha256: '7d865e959b2466918c9863afca942d0fb89d7c9ac0c99bafc3749504ded97730',
      keptUntil: '2026-12-20T09:30:00.000Z',
    },
  ],
  note: null,
  openedAt: '2026-11-20T09:30:00.000Z',
  dueAt: '2026-11-21T09:30:00.000Z',
  decision: null,
  reason: null,
  decisionNote: null,
  decidedAt: null,
  decidedBy: null,
  unblurred: 0,
  revision: 0,
};

const actor = { kind: 'system', id: 'moderation-case-opener' };

export const shownCase = {
  ...listedCase,
  media: listedCase.media.map((each) => ({ ...each, state: 'preview', bytes: 482_133 })),
  endUserBlocked: null,
  history: [{ type: 'CaseOpened', at: listedCase.openedAt, actor, data: {} }],
};

const decision = { decision: 'takedown', reason: 'real_person', decisionNote: 'asked for by mail' };

export const takenDown = {
  ...listedCase,
  ...{ state: 'decided', kind: 'report', grounds: 'report', category: null, score: null },
  ...{ verdicts: [], media: [], note: 'asked for by mail', ...decision, revision: 1 },
  ...{ decidedAt: '2026-11-20T10:00:00.000Z', decidedBy: 'ada' },
};
