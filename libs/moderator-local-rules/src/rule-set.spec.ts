import { describe, expect, test } from 'vitest';
import { parseRuleSet } from './rule-set.js';

const valid = {
  version: 'house-1',
  groups: { coast: { terms: ['harbour'], unless: ['harbour seal'] } },
  rules: [{ category: 'house_rules', allOf: ['coast'], within: 5 }],
};

describe('parseRuleSet', () => {
  test('reads groups and rules', () => {
    expect(parseRuleSet(valid)).toEqual({
      version: 'house-1',
      groups: new Map([['coast', { terms: ['harbour'], unless: ['harbour seal'] }]]),
      rules: [{ category: 'house_rules', allOf: ['coast'], within: 5 }],
    });
  });

  test('a rule with any has a group of its own', () => {
    const { groups, rules } = parseRuleSet({
      version: '1',
      rules: [{ category: 'house_rules', any: ['forbidden-landscape'] }],
    });
    const [own] = rules[0]!.allOf;
    expect(groups.get(own!)).toEqual({ terms: ['forbidden-landscape'], unless: [] });
  });

  test('rules may use groups known elsewhere, and may not define them again', () => {
    const rules = [{ category: 'house_rules', allOf: ['coast', 'weather'] }];
    expect(parseRuleSet({ ...valid, rules }, ['weather']).rules).toEqual(rules);
    expect(() => parseRuleSet({ ...valid, rules })).toThrow(
      'rules rules[0] names a group that does not exist',
    );
    expect(() => parseRuleSet(valid, ['coast'])).toThrow('is built in and cannot be replaced');
  });

  test.each([
    ['rules is no object', []],
    ['rules lacks version', { rules: [] }],
    ['rules lacks rules', { version: '1' }],
    ['rules.version is malformed', { version: 'a b', rules: [] }],
    ['rules.rules is no list', { version: '1', rules: {} }],
    ['rules has an unknown key', { ...valid, disable: true }],
    ['rules.rules[0] has an unknown key', withRule({ category: 'x', regex: '(a+)+' })],
    ['rules.rules[0] needs either any or allOf', withRule({ category: 'x' })],
    ['rules.rules[0] needs either', withRule({ category: 'x', any: ['ab'], allOf: ['coast'] })],
    ['rules.rules[0] names no group', withRule({ category: 'x', allOf: [] })],
    ['rules.rules[0].category is malformed', withRule({ category: 'X Y', any: ['ab'] })],
    ['rules.rules[0].any[1] is no text', withRule({ category: 'x', any: ['ab', /a/] })],
    ['any[0] is over 64 characters', withRule({ category: 'x', any: ['a'.repeat(65)] })],
    ['any has more than 2000 items', withRule({ category: 'x', any: Array(2_001).fill('ab') })],
    ['within is no whole number', withRule({ category: 'x', any: ['ab'], within: 0 })],
    ['rules.groups[0] has a name', { ...valid, groups: { 'Co ast': { terms: [] } } }],
    ['ages.below is no whole number', withAges({ below: 40, forms: ['{age} year'] })],
    ['ages.forms[0] is malformed', withAges({ below: 18, forms: ['year old'] })],
  ])('refuses: %s', (message, data) => {
    expect(() => parseRuleSet(data)).toThrow(
      expect.objectContaining({
        name: 'RuleSetInvalid',
        message: expect.stringContaining(message),
      }),
    );
  });

  test('what it says about a term does not hold the term', () => {
    const secret = 'harbour'.repeat(20);
    expect(() => parseRuleSet(withRule({ category: 'x', any: [secret] }))).toThrow(
      expect.objectContaining({ message: expect.not.stringContaining('harbour') }),
    );
  });
});

function withRule(rule: unknown): unknown {
  return { ...valid, rules: [rule] };
}

function withAges(ages: unknown): unknown {
  return { ...valid, groups: { ...valid.groups, years: { terms: [], ages } } };
}
