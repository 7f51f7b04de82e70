import { given } from '@imprest/testkit/domain';
import { describe, expect, test } from 'vitest';
import {
  blocksEndUser,
  type CaseOpened,
  type DecideCase,
  type ModerationCaseEvent,
  moderationCase,
} from './index.js';

const dueAt = '2026-01-16T09:00:00.000Z';
const verdict = { provider: 'classifier', version: 'v1', outcome: 'review' } as const;

const opened = (data: Partial<CaseOpened['data']> = {}): CaseOpened => ({
  type: 'CaseOpened',
  data: {
    ...{ kind: 'output', grounds: 'review', tenantId: 'ten', endUserId: 'usr_1' },
    generationId: 'req_1',
    verdicts: [{ ...verdict, category: 'violence', score: 0.6 }],
    media: [{ assetId: 'wth_1', mediaType: 'image/png', sha256: 'ab', keptUntil: dueAt }],
    note: null,
    dueAt,
    ...data,
  },
});

const deciding = (data: Partial<DecideCase> = {}): DecideCase => ({
  ...{ type: 'DecideCase', decision: 'uphold', reason: 'violence', note: null },
  ...data,
});
const decided = (data: Partial<DecideCase> = {}): ModerationCaseEvent => {
  const { type: _, ...command } = deciding(data);
  return { type: 'CaseDecided', data: command };
};
const unblur = { type: 'UnblurMedia', assetId: 'wth_1', reason: 'to decide' } as const;
const reopen = { type: 'ReopenCase', reason: 'appeal', note: null, dueAt } as const;

describe('a moderation case', () => {
  test('opens once', () => {
    const open = { type: 'OpenCase', case: opened().data } as const;
    given(moderationCase).when(open).then(opened());
    given(moderationCase, opened()).when(open).thenNothingHappened();
    given(moderationCase, opened(), decided()).when(open).thenNothingHappened();
  });

  test('records every look at what it is about', () => {
    const seen = { assetId: 'wth_1', reason: 'to decide' };
    given(moderationCase, opened()).when(unblur).then({ type: 'MediaUnblurred', data: seen });
    given(moderationCase, opened())
      .when({ ...unblur, assetId: 'wth_2' })
      .thenRejected('not_found');
    given(moderationCase, opened())
      .when({ ...unblur, reason: ' ' })
      .thenRejected('validation_error');
    given(moderationCase, opened(), decided()).when(unblur).thenRejected('conflict');
  });

  test('never shows a known file', () => {
    given(moderationCase, opened({ grounds: 'known_file' }))
      .when(unblur)
      .thenRejected('forbidden');
  });

  test('is decided once, with a reason', () => {
    given(moderationCase, opened()).when(deciding()).then(decided());
    given(moderationCase, opened(), decided()).when(deciding()).thenNothingHappened();
    given(moderationCase, opened(), decided())
      .when(deciding({ decision: 'approve' }))
      .thenRejected('conflict');
    given(moderationCase, opened())
      .when(deciding({ reason: 'other' }))
      .thenRejected('validation_error');
    given(moderationCase).when(deciding()).thenRejected('not_found');
  });

  test('takes down only what was delivered', () => {
    const takedown = { decision: 'takedown' } as const;
    given(moderationCase, opened()).when(deciding(takedown)).thenRejected('conflict');
    given(moderationCase, opened({ kind: 'report', grounds: 'report' }))
      .when(deciding(takedown))
      .then(decided(takedown));
  });

  test('is looked at once more after an appeal', () => {
    const { type: _, ...data } = reopen;
    const reopened: ModerationCaseEvent = { type: 'CaseReopened', data };
    given(moderationCase, opened(), decided()).when(reopen).then(reopened);
    given(moderationCase, opened()).when(reopen).thenRejected('conflict');
    given(moderationCase, opened(), decided(), reopened)
      .when(deciding({ decision: 'approve', reason: 'permitted' }))
      .then(decided({ decision: 'approve', reason: 'permitted' }));
  });
});

test('a case blocks its end user when that was decided, or for a known file until it is approved', () => {
  expect(blocksEndUser({ grounds: 'review', decision: null })).toBe(false);
  expect(blocksEndUser({ grounds: 'review', decision: 'block_end_user' })).toBe(true);
  expect(blocksEndUser({ grounds: 'known_file', decision: null })).toBe(true);
  expect(blocksEndUser({ grounds: 'known_file', decision: 'uphold' })).toBe(true);
  expect(blocksEndUser({ grounds: 'known_file', decision: 'approve' })).toBe(false);
});
