import type { ModerationSubject, Moderator } from '@imprest/application';
import { describe, expect, test } from 'vitest';

export interface ModeratorHarness {
  readonly moderator: Moderator;
  readonly allowed: ModerationSubject;
  readonly blocked: ModerationSubject;
  /** Category the blocked subject falls into. */
  readonly category: string;
  /** What must not be seen in the verdict about the blocked subject. */
  readonly ruleText: string;
  /** A case that cannot be judged: a prompt beyond all bounds, a classifier that is down. */
  readonly unjudgeable: { readonly moderator: Moderator; readonly subject: ModerationSubject };
}

export function moderatorConformance(name: string, create: () => ModeratorHarness): void {
  describe(`Moderator: ${name}`, () => {
    test('allows what no rule is against', async () => {
      const { moderator, allowed } = create();
      expect(await moderator.review(allowed)).toEqual({ outcome: 'allow' });
    });

    test('blocks with a category and the reviewer, and without the rule', async () => {
      const { moderator, blocked, category, ruleText } = create();
      const verdict = await moderator.review(blocked);
      expect(verdict).toEqual({
        outcome: 'block',
        category,
        reviewer: expect.stringMatching(/^[\x21-\x7e]{1,200}$/),
      });
      expect(JSON.stringify(verdict).toLowerCase()).not.toContain(ruleText.toLowerCase());
    });

    test('judges the same subject the same way every time', async () => {
      const { moderator, blocked } = create();
      expect(await moderator.review(blocked)).toEqual(await moderator.review(blocked));
    });

    test('throws when it cannot judge', async () => {
      const { moderator, subject } = create().unjudgeable;
      await expect((async () => moderator.review(subject))()).rejects.toThrow();
    });
  });
}
