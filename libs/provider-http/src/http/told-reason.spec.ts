import { describe, expect, it } from 'vitest';
import { isPolicyCode, toldReason } from './told-reason.js';

describe('a reason that a server gives', () => {
  it('is one short line', () => {
    expect(toldReason(' size\nis\u0000 wrong \u202e')).toBe('size is wrong');
    expect(toldReason('x'.repeat(1_000))).toHaveLength(300);
  });

  it.each([undefined, null, '', ' \n', 7, { message: 'no text' }])(
    'may be missing: %j',
    (given) => {
      expect(toldReason(given)).toBe('no reason given');
    },
  );
});

it.each([
  ['content_policy_violation', true],
  ['moderation_blocked', true],
  ['invalid_request_error', false],
  [null, false],
])('the code %s is one of the content policy: %s', (code, isPolicy) => {
  expect(isPolicyCode(code)).toBe(isPolicy);
});
