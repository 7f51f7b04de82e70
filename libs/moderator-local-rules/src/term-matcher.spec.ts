import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { MAX_TEXT_LENGTH, TermMatcher, TextTooLong } from './term-matcher.js';

function found(terms: readonly string[], text: string): string[] {
  const matcher = new TermMatcher(terms.map((each) => ({ text: each })));
  const matches = new Set<string>();
  matcher.match(text, (term) => matches.add(terms[term]!));
  return [...matches];
}

describe('a term is found', () => {
  test.each([
    'lantern',
    'a LANTERN on the pier',
    'lantern, harbour',
    '"lantern"!',
    "the lantern's glow",
    'old_lantern_photo',
    'l.a.n.t.e.r.n',
    'l-an.tern',
    'l a n t e r n',
    'l. a. n. t. e. r. n.',
    'laaaanternnn',
    'l4ntern',
    '1ant3rn',
    'l@ntern',
    'l@ntern!',
    'see my lan7ern2',
    '2lantern',
    'la\u200bntern',
    'lántérn',
    'lаntеrn',
    'ｌａｎｔｅｒｎ',
    '𝓵𝓪𝓷𝓽𝓮𝓻𝓷',
    'l•a•n•t•e•r•n',
    'an n lantern',
    'lan lantern tern',
  ])('in %j', (text) => {
    expect(found(['lantern'], text)).toEqual(['lantern']);
  });

  test.each([
    ['open sea', 'the open sea'],
    ['open sea', 'open-sea'],
    ['open sea', 'opensea'],
    ['open sea', 'open, sea'],
    ['open sea', 'o.p.e.n sea'],
    ['open sea', 'o p e n s e a'],
    ['open-sea', 'open sea'],
    ['7 seas', 'the 7 seas'],
    ['7 seas', '7seas'],
    ['grotte', 'la grotte'],
    ['Café', 'a cafe'],
    ['маяк', 'старый маяк у моря'],
    ['灯台', '古い灯台の写真'],
    ['등대', '등대의 사진'],
  ])('%j in %j', (term, text) => {
    expect(found([term], text)).toEqual([term]);
  });

  test('beside others that overlap it', () => {
    const terms = ['north sea', 'sea', 'sea breeze', 'breeze'];
    expect(found(terms, 'a north sea breeze').sort()).toEqual([...terms].sort());
  });

  test('with the number of the word it begins with', () => {
    const words: number[] = [];
    const matcher = new TermMatcher([{ text: 'sea' }]);
    matcher.match('Sea, and more sea. The open sea', (_, word) => words.push(word));
    expect(words).toEqual([1, 4, 7]);
  });
});

describe('a term is not found', () => {
  test.each([
    ['lantern', 'lanterns'],
    ['lantern', 'mylantern'],
    ['lantern', 'lan tern'],
    ['lantern', 'l antern'],
    ['lantern', 'lanten'],
    ['lantern', '14n73rn'],
    ['book', 'bok'],
    ['oss', 'a samsung 055'],
    ['sea', 'search, overseas, seal, s eat, 534'],
    ['5 seas', '55 seas'],
    ['5 seas', '25 seas'],
    ['open sea', 'open the sea'],
    ['маяк', 'маяки'],
    ['灯台', '灯 と 台'],
  ])('%j in %j', (term, text) => {
    expect(found([term], text)).toEqual([]);
  });
});

describe('TermMatcher', () => {
  const word = fc.string({ unit: fc.constantFrom(...'abelnost'), minLength: 2, maxLength: 6 });

  test('finds in plain words exactly the terms that are there', () => {
    fc.assert(
      fc.property(fc.uniqueArray(word, { minLength: 1 }), fc.array(word), (terms, words) => {
        // Apart from words that are another one with a letter drawn out, which count as disguised.
        const drawnOut = (text: string) => text.replace(/(.)\1+/g, '$1');
        fc.pre(
          new Set([...terms, ...words].map(drawnOut)).size === new Set([...terms, ...words]).size,
        );
        const expected = terms.filter((term) => words.includes(term));
        expect(found(terms, words.join(', ')).sort()).toEqual(expected.sort());
      }),
    );
  });

  test('finds a term in any mix of disguises', () => {
    const disguise = fc.record({
      sign: fc.constantFrom('', '', '.', '-', '_', '\u200b', '*'),
      repeat: fc.integer({ min: 1, max: 3 }),
      upper: fc.boolean(),
    });
    const disguises = fc.array(disguise, { minLength: 6, maxLength: 6 });
    fc.assert(
      fc.property(word, disguises, word, (term, each, around) => {
        const disguised = Array.from(term, (letter, i) => {
          const { sign, repeat, upper } = each[i]!;
          const drawn = letter.repeat(repeat);
          return (i === 0 ? '' : sign) + (upper ? drawn.toUpperCase() : drawn);
        }).join('');
        expect(found([term], `${around} ${disguised}, ${around}`)).toEqual([term]);
      }),
      { numRuns: 500 },
    );
  });

  test('is not slowed down by repetition, signs or half-finished terms', () => {
    const matcher = new TermMatcher(['sea breeze', 'seaaaa', 'aaaaab'].map((text) => ({ text })));
    const parts = ['a', 'a ', 's e a ', 's-e-a-', 'sea bree', 'sea breeze ', '@', '\u0430 '];
    const started = performance.now();
    for (const part of parts) {
      matcher.match(part.repeat(MAX_TEXT_LENGTH / 12), () => {});
    }
    expect(performance.now() - started).toBeLessThan(3_000);
  });

  test('refuses a text that is too long, folded or not', () => {
    const matcher = new TermMatcher([{ text: 'sea' }]);
    expect(() => matcher.match('a'.repeat(MAX_TEXT_LENGTH + 1), () => {})).toThrow(TextTooLong);
    expect(() => matcher.match('ﷺ'.repeat(MAX_TEXT_LENGTH / 2), () => {})).toThrow(TextTooLong);
  });

  test.each(['', '--', 'a', 'é'])('refuses the term %j', (text) => {
    expect(() => new TermMatcher([{ text }])).toThrow('less than two letters');
  });
});
