import { expect, test } from 'vitest';
import { ageTerms, endsGreaterNumber } from './age-terms.js';

test('every age below the limit is there in digits and in words, in every form', () => {
  const terms = ageTerms({ below: 3, forms: ['{age} year old', 'aged {age}'] });
  expect(terms).toEqual([
    { text: '0 year old', startsInWords: false },
    { text: '1 year old', startsInWords: false },
    { text: '2 year old', startsInWords: false },
    { text: 'zero year old', startsInWords: true },
    { text: 'one year old', startsInWords: true },
    { text: 'two year old', startsInWords: true },
    { text: 'aged 0', startsInWords: false },
    { text: 'aged 1', startsInWords: false },
    { text: 'aged 2', startsInWords: false },
    { text: 'aged zero', startsInWords: false },
    { text: 'aged one', startsInWords: false },
    { text: 'aged two', startsInWords: false },
  ]);
});

test.each([
  ['thirty-', true],
  ['a thirty ', true],
  ['one hundred ', true],
  ['one hundred and ', true],
  ['', false],
  ['a ', false],
  ['thirty, ', false],
  ['his mother and ', false],
  ['of thirty boats and ', false],
])('after %j a number word ends a greater number: %j', (before, expected) => {
  expect(endsGreaterNumber(`${before}five year old`, before.length)).toBe(expected);
});
