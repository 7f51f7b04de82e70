import { moderatorConformance } from '@imprest/testkit/conformance';
import { describe, expect, test } from 'vitest';
import { LocalRulesModerator } from './local-rules-moderator.js';
import { MAX_TEXT_LENGTH } from './term-matcher.js';

const extraRules = {
  version: 'house-1',
  groups: {
    coast: { terms: ['harbour', 'pier'], unless: ['harbour seal'] },
    night: { terms: ['midnight', 'moonlit'] },
  },
  rules: [
    { category: 'house_rules', any: ['forbidden-landscape'] },
    { category: 'house_combinations', allOf: ['coast', 'night'] },
    { category: 'house_nearby', allOf: ['night', 'weather'], within: 4 },
    { category: 'house_late', any: ['sunset'] },
  ],
};
const rules = {
  ...extraRules,
  groups: { ...extraRules.groups, weather: { terms: ['storm', 'drizzle'] } },
};
const moderator = new LocalRulesModerator({ extraRules: rules });
const categoryOf = (prompt: string) => {
  const verdict = moderator.review({ prompt });
  return verdict.outcome === 'block' ? verdict.category : 'allowed';
};

moderatorConformance('local rules', () => ({
  moderator,
  allowed: { prompt: 'a lighthouse on a cliff at dawn' },
  blocked: { prompt: 'a forbidden landscape in fog' },
  category: 'house_rules',
  ruleText: 'landscape',
  unjudgeable: { moderator, subject: { prompt: 'a'.repeat(MAX_TEXT_LENGTH + 1) } },
}));

describe('rules of the operator', () => {
  test.each([
    ['a FORBIDDEN landscape', 'house_rules'],
    ['forbiddenlandscape', 'house_rules'],
    ['f.o.r.b.i.d.d.e.n l@ndscape', 'house_rules'],
    ['the pier, a boat and nothing else at midnight', 'house_combinations'],
    ['moonlit h4rbour', 'house_combinations'],
    ['midnight, then a storm', 'house_nearby'],
    ['midnight over the hills and then a storm', 'allowed'],
    ['a midnight of wind, later a storm, drizzle at midnight', 'house_nearby'],
    ['pier and harbour', 'allowed'],
    ['a harbour seal at midnight', 'allowed'],
    ['a harbour seal at midnight in the harbour', 'house_combinations'],
    ['a landscape that is not forbidden', 'allowed'],
  ])('%j: %s', (prompt, expected) => {
    expect(categoryOf(prompt)).toBe(expected);
  });

  test('may be for the models of some moderation classes only', () => {
    const strict = { category: 'house_strict', any: ['teapot'], classes: ['strict', 'closed'] };
    const own = { version: 'house-2', rules: [strict] };
    const judge = new LocalRulesModerator({ extraRules: own });
    const outcomeFor = (moderationClass?: string) =>
      judge.review({ prompt: 'a teapot', moderationClass }).outcome;
    expect(['strict', 'closed', 'standard', undefined].map(outcomeFor)).toEqual([
      ...['block', 'block', 'allow', 'allow'],
    ]);
  });

  test('the first rule that applies gives the category', () => {
    expect(categoryOf('sunset, forbidden landscape')).toBe('house_rules');
  });

  test('a verdict about one prompt leaves no trace in the next', () => {
    expect(categoryOf('midnight')).toBe('allowed');
    expect(categoryOf('harbour')).toBe('allowed');
  });

  test('the reviewer names version and content of both rule sets', () => {
    const reviewerOf = (data: unknown) => {
      const verdict = new LocalRulesModerator({ extraRules: data }).review({ prompt: 'sunset' });
      return verdict.outcome === 'block' ? verdict.reviewer : '';
    };
    const pattern = /^local-rules\/[0-9.]+@[0-9a-f]{8}\+house-1@[0-9a-f]{8}$/;
    expect(reviewerOf(rules)).toMatch(pattern);
    const changed = { ...rules, rules: rules.rules.slice(3) };
    expect(reviewerOf(changed)).toMatch(pattern);
    expect(reviewerOf(changed)).not.toBe(reviewerOf(rules));
  });

  test('rules that are not valid are refused before anything is judged', () => {
    expect(() => new LocalRulesModerator({ extraRules: { version: '1' } })).toThrow(
      expect.objectContaining({ name: 'RuleSetInvalid' }),
    );
  });
});

describe('a moderator that cannot judge', () => {
  test.each([undefined, null, 5, {}])('throws for the prompt %j', (prompt) => {
    expect(() => moderator.review({ prompt: prompt as never })).toThrow();
  });
});
