import { caseGrounds, decisionReasons } from '@imprest/domain';
import { expect, test } from 'vitest';
import { blockReason, blockReasonForTenant } from './block-reason.js';

const neutral = "blocked by the operator's moderation";

test.each([
  ...caseGrounds.map((grounds) => ({ grounds, reason: null })),
  ...decisionReasons.map((reason) => ({ grounds: 'review', reason }) as const),
])('a tenant is not told of a block by a case of $grounds, decided for $reason, why', (state) => {
  const { grounds, reason } = state;
  expect(blockReason(state)).toBe(`moderation: ${reason ?? grounds}`);
  expect(blockReasonForTenant(blockReason(state))).toBe(neutral);
});

test.each(['abuse', 'moderation: asked for by our own moderators', ''])(
  'a tenant reads the reason it gave itself: %j',
  (reason) => {
    expect(blockReasonForTenant(reason)).toBe(reason);
  },
);
