import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  enhancePrompt,
  identityAnchor,
  MAX_PRESETS,
  matchPresets,
  type Preset,
  type PresetLibrary,
  wholePrompt,
} from './index.js';

const preset = (label: string, kind: Preset['kind'], ...aliases: string[]): Preset => ({
  label,
  kind,
  aliases,
  text: `<${label}>`,
});

const library: PresetLibrary = {
  version: 'test',
  quality: { default: 'a fine photograph', anime: 'clean line art' },
  negativePrompt: 'blurred, low resolution',
  presets: [
    preset('three-quarter portrait', 'composition', '3/4 portrait'),
    preset('low angle', 'camera'),
    preset('golden hour', 'light', 'magic hour'),
    preset('35mm lens', 'camera'),
    preset('85mm lens', 'camera'),
    preset('seated', 'pose'),
    preset('window light', 'light'),
    preset('rim light', 'light'),
    preset('rule of thirds', 'composition'),
    preset('soft shadows', 'light'),
  ],
};

const labels = (prompt: string) => matchPresets(prompt, library).presets.map(({ label }) => label);

describe('labels in a prompt', () => {
  test.each([
    ['low angle, golden hour', ['low angle', 'golden hour']],
    ['Low-Angle; GOLDEN HOUR', ['low angle', 'golden hour']],
    ['three quarter portrait', ['three-quarter portrait']],
    ['3/4 portrait', ['three-quarter portrait']],
    ['threequarter portait', ['three-quarter portrait']],
    ['goldenhour', ['golden hour']],
    ['gölden hour', ['golden hour']],
    ['golden our', ['golden hour']],
    ['shot from a low angle at the magic hour', ['low angle', 'golden hour']],
    ['on a pier at golden hour', ['golden hour']],
    ['seated by the window light', ['seated', 'window light']],
  ])('%j names %j', (prompt, expected) => {
    expect(labels(prompt)).toEqual(expected);
  });

  test.each(['bow angle', '135mm lens', '38mm lens', 'a garden', 'slated roof', ''])(
    '%j names none',
    (prompt) => {
      expect(labels(prompt)).toEqual([]);
    },
  );

  test('are taken out where they are all that a phrase says, and left where they are not', () => {
    const { rest } = matchPresets('low angle, on a pier at golden hour, a red coat', library);
    expect(rest).toEqual(['on a pier at golden hour', 'a red coat']);
  });

  test('are counted once and not without end', () => {
    expect(labels('golden hour, magic hour, golden hour')).toEqual(['golden hour']);
    const all = library.presets.map(({ label }) => label).join(', ');
    expect(labels(all)).toHaveLength(MAX_PRESETS);
  });

  test('are found in every mix of upper and lower case, spaces and signs', () => {
    const joint = fc.constantFrom(' ', '-', '  ', '_', '.');
    fc.assert(
      fc.property(fc.constantFrom(...library.presets), joint, fc.boolean(), (one, sign, loud) => {
        const spelt = one.label.split(/[ -]/).join(sign);
        expect(labels(loud ? spelt.toUpperCase() : spelt)).toEqual([one.label]);
      }),
    );
  });
});

describe('who is shown', () => {
  test('is told in plain words, in one order', () => {
    const traits = { eyes: 'green', age: 34, gender: 'female', hair: 'auburn', freckles: true };
    const expected = 'an adult woman of 34 years with auburn hair, green eyes, freckles';
    expect(identityAnchor(traits)).toBe(expected);
    const reversed = Object.fromEntries(Object.entries(traits).reverse());
    expect(identityAnchor(reversed)).toBe(expected);
  });

  test('takes any trait, and leaves out what is not so', () => {
    const traits = { age: 60, hat: false, 'favourite tea': 'mint', likes: ['maps', 'tea'] };
    expect(identityAnchor(traits)).toBe(
      'an adult person of 60 years with favourite tea mint, likes maps and tea',
    );
    expect(identityAnchor({ age: 60 })).toBe('an adult person of 60 years');
  });
});

describe('an enhanced prompt', () => {
  const enhance = (prompt: string, model = 'realistic-sharp') =>
    enhancePrompt({ prompt, traits: { age: 34, hair: 'auburn' }, model }, library);

  test('has quality, who is shown, what was said, and what the labels stand for', () => {
    expect(enhance('low angle, in a library')).toEqual({
      prompt:
        'a fine photograph, an adult person of 34 years with auburn hair, in a library, <low angle>',
      negativePrompt: 'blurred, low resolution',
    });
    expect(enhance('in a library', 'anime').prompt).toMatch(/^clean line art, /);
  });

  test('is the same every time and keeps every phrase that is no label', () => {
    const phrase = fc.constantFrom('a red coat', 'in a library', 'by the sea', 'reading a map');
    const label = fc.constantFrom(...library.presets.map((one) => one.label));
    fc.assert(
      fc.property(fc.array(phrase, { maxLength: 5 }), fc.array(label), (phrases, named) => {
        const asked = [...phrases, ...named].join(', ');
        const { prompt } = enhance(asked);
        expect(enhance(asked).prompt).toBe(prompt);
        for (const one of phrases) expect(prompt).toContain(one);
      }),
    );
  });

  test('takes anything', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 300, unit: 'grapheme' }), (prompt) => {
        expect(enhance(prompt).prompt).toContain('of 34 years');
      }),
    );
  });

  test('is shown with both its halves', () => {
    expect(wholePrompt('a', 'b')).toBe('a\nNegative prompt: b');
    expect(wholePrompt('a', undefined)).toBe('a');
  });
});
