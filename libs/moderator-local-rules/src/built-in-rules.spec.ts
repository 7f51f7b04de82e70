import { describe, expect, test } from 'vitest';
import { readBuiltInRules } from './built-in-rules.js';
import { LocalRulesModerator } from './local-rules-moderator.js';
import { parseRuleSet } from './rule-set.js';

// No test here writes a prompt out: they are put together from the data, one term of each group.
const ruleSet = parseRuleSet(readBuiltInRules());
const moderator = new LocalRulesModerator();
const terms = (group: string) => ruleSet.groups.get(group)!.terms;
const prompt = (...parts: readonly string[]) =>
  `a scene in soft light, ${parts.join(' and ')}, 50mm`;
const categoryOf = (...parts: readonly string[]) => {
  const verdict = moderator.review({ prompt: prompt(...parts) });
  return verdict.outcome === 'block' ? verdict.category : 'allowed';
};
const isWord = (term: string) => /^[a-z]{4,}$/.test(term);
const sexual = terms('sexual').find(isWord)!;
const minor = terms('implied-minor').find(isWord)!;
const digitOf: Readonly<Record<string, string>> = { a: '4', e: '3', i: '1', o: '0', s: '5' };
const lookalikeOf: Readonly<Record<string, string>> = { a: 'а', e: 'е', i: 'і', o: 'о', c: 'с' };
const disguises: Readonly<Record<string, (term: string) => string>> = {
  'upper case': (term) => term.toUpperCase(),
  dotted: (term) => Array.from(term).join('.'),
  'spelled out': (term) => Array.from(term).join(' '),
  'drawn out': (term) => term.replace(/[a-z]$/, '$&$&$&'),
  'one digit': (term) => term.replace(/[aeios]/, (letter) => digitOf[letter]!),
  lookalikes: (term) => term.replace(/[aeioc]/g, (letter) => lookalikeOf[letter]!),
  'zero-width': (term) => Array.from(term).join('\u200b'),
  'full width': (term) =>
    term.replace(/[a-z]/g, (letter) => String.fromCharCode(letter.charCodeAt(0) + 0xfee0)),
  accented: (term) => term.replace(/[aeiou]/g, '$&\u0301'),
  hyphenated: (term) => `${term.slice(0, 2)}-${term.slice(2)}`,
};

describe('the built-in rules', () => {
  test('cannot be left out', () => {
    const withExtras = new LocalRulesModerator({ extraRules: { version: '1', rules: [] } });
    expect(withExtras.review({ prompt: prompt(minor, sexual) }).outcome).toBe('block');
  });

  test.each(['implied-minor', 'sexual'])('the group %s cannot be replaced', (name) => {
    const groups = { [name]: { terms: ['harbour'] } };
    const extraRules = { version: '1', groups, rules: [] };
    expect(() => new LocalRulesModerator({ extraRules })).toThrow('cannot be replaced');
  });

  test('every rule applies to every combination of its groups', () => {
    const missed = ruleSet.rules.flatMap(({ allOf }) =>
      combinations(allOf.map(terms)).filter((parts) => categoryOf(...parts) === 'allowed'),
    );
    expect(missed).toEqual([]);
  });

  test('an implied minor and a sexual term are always a matter of sexual_minors', () => {
    const others = combinations([terms('implied-minor'), terms('sexual')])
      .map((parts) => categoryOf(...parts))
      .filter((category) => category !== 'sexual_minors');
    expect(others).toEqual([]);
  });

  describe.each(Object.entries(disguises))('%s', (_, disguise) => {
    test.each(['implied-minor', 'sexual'])('terms of %s are seen', (group) => {
      const other = group === 'sexual' ? minor : sexual;
      const missed = terms(group)
        .filter(isWord)
        .filter((term) => categoryOf(disguise(term), other) === 'allowed');
      expect(missed).toEqual([]);
    });
  });

  test('no group alone is against a rule, except where a rule has one group', () => {
    const single = new Set(ruleSet.rules.flatMap(({ allOf }) => (allOf.length === 1 ? allOf : [])));
    const blocked = [...ruleSet.groups.keys()]
      .filter((name) => !single.has(name))
      .flatMap((name) => terms(name).filter((term) => categoryOf(term) !== 'allowed'));
    expect(blocked).toEqual([]);
  });
});

describe('ages', () => {
  const { below, forms } = ruleSet.groups.get('implied-minor')!.ages!;
  const inForms = (age: string) => forms.map((form) => form.replace('{age}', age));

  test('below 18 imply a minor in every form, in digits and words', () => {
    expect(below).toBe(18);
    const digits = Array.from({ length: 18 }, (_, age) => String(age));
    const words = ['six', 'twelve', 'sixteen', 'seventeen', 'Seventeen', 's3venteen'];
    const missed = [...digits, ...words]
      .flatMap(inForms)
      .filter((age) => categoryOf(age, sexual) !== 'sexual_minors');
    expect(missed).toEqual([]);
  });

  test.each([
    '16-year-old',
    '16yo',
    '16 y/o',
    '16 YEARS OLD',
    'age: 16',
    'aged 16',
    'seventeen-year-old',
  ])('%s is seen', (age) => {
    expect(categoryOf(age, sexual)).toBe('sexual_minors');
  });

  test('from 18 on imply none', () => {
    const digits = Array.from({ length: 82 }, (_, i) => String(18 + i));
    const words = ['eighteen', 'twenty-one', 'thirty five', 'forty-seven', 'sixty', 'ninety-nine'];
    const blocked = [...digits, ...words]
      .flatMap(inForms)
      .filter((age) => categoryOf(age, sexual) !== 'allowed');
    expect(blocked).toEqual([]);
  });
});

describe('where a character is shown', () => {
  const review = (text: string) => moderator.review({ prompt: text, adultsOnly: true });

  test('every term that implies a minor is refused by itself', () => {
    const missed = terms('implied-minor').filter(
      (term) => review(prompt(term)).outcome === 'allow',
    );
    expect(missed).toEqual([]);
  });

  test.each(['hair auburn, 17 years old', 'apparent age 16', 'looks seventeen years old'])(
    '%s is refused with the category alone',
    (text) => {
      expect(review(text)).toMatchObject({ outcome: 'block', category: 'implied_minor' });
    },
  );

  test('adults are allowed, and the other rules hold as everywhere', () => {
    expect(review('an adult woman of 34 years in a library, window light').outcome).toBe('allow');
    expect(review(prompt(minor, sexual))).toMatchObject({ category: 'sexual_minors' });
  });
});

describe('a neutral prompt is allowed', () => {
  test.each([
    'a portrait of a 45 year old fisherman',
    "child's toy on a table",
    'the Essex coast',
    'assassin bug macro photo',
    'Middlesex landscape',
    'a same-sex couple with their children at the beach',
    'grandmother reading to a 6 year old, warm window light',
    'baby blue enamel teapot, product photo on linen',
    'portrait of a thirty-four-year-old architect in her studio',
    'my friend at the harbour, golden hour',
    'this photo of the pier, in the style of a woodcut',
    'a minor chord written in ink on old paper',
    'therapist office interior, analog clock, cockatoo print',
    'Scunthorpe railway station in the rain',
    'a family picnic, kids flying kites, teenagers playing guitar',
    'photo of her grandfather, film strip border',
    'старый маяк на берегу моря',
    '海辺の古い灯台と小学生の写生',
    'ein Kind mit einem Drachen am Strand',
  ])('%s', (text) => {
    expect(moderator.review({ prompt: text })).toEqual({ outcome: 'allow' });
  });
});

/** One of each list, in every way. */
function combinations(lists: readonly (readonly string[])[]): string[][] {
  return lists.reduce<string[][]>(
    (found, list) => found.flatMap((parts) => list.map((item) => [...parts, item])),
    [[]],
  );
}
