import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fold } from './fold.js';

describe('fold', () => {
  test.each([
    ['Lighthouse, 2 BOATS!', 'lighthouse, 2 boats!'],
    ['Ｌｉｇｈｔ', 'light'],
    ['𝐋𝐢𝐠𝐡𝐭', 'light'],
    ['Ⓛⓘⓖⓗⓣ', 'light'],
    ['🅛🅘🅖🅗🅣', 'light'],
    ['🇱🇮🇬🇭🇹', 'light'],
    ['ĺíğḧţ', 'light'],
    ['l\u200bi\u00adg\u2060h\u200dt', 'light'],
    ['lіgһт', 'light'],
    ['οαsιs', 'oasis'],
    ['Straße', 'strasse'],
    ['ﬁne', 'fine'],
    ['١٢٣ ४५६', '123 456'],
    ['nú•mé–ro', 'nu-me-ro'],
    ['a\u3000b\u00a0c', 'a b c'],
    ['灯台', ' 灯  台 '],
    ['등대', ' 등  대 '],
    ['マヤク灯', 'マヤク 灯 '],
  ])('%j becomes %j', (text, expected) => {
    expect(fold(text)).toBe(expected);
  });

  test('folding twice is folding once, but for spaces', () => {
    const squeeze = (text: string) => text.replace(/ +/g, ' ');
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        expect(squeeze(fold(fold(text)))).toBe(squeeze(fold(text)));
      }),
    );
  });

  test('ASCII keeps its length', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme-ascii' }), (text) => {
        expect(fold(text)).toHaveLength(text.length);
      }),
    );
  });
});
