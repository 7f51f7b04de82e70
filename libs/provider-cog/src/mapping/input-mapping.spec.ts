import { DataFileError } from '@imprest/data-files';
import { describe, expect, it } from 'vitest';
import { builtInMapping } from './built-in.js';
import { filledInput } from './filled-input.js';
import { loadMapping, parseMapping } from './input-mapping.js';

const mappingOf = (inputs: string, more = '') =>
  parseMapping('portrait', `makes: images\ninputs: ${inputs}\n${more}`);

const reference = (text: string) =>
  ({ bytes: Buffer.from(text), mediaType: 'image/png', width: 8, height: 8 }) as const;

const values = { prompt: 'a lake', seed: 7, width: 60, height: 64, guidance: 3.5, images: 1 };
const given = { values, references: [], mediaType: 'image/png' } as const;

describe('a mapping', () => {
  it.each(['text-to-image', 'image-to-image', 'image-to-clip'])(
    '%s comes with the product',
    (name) => {
      expect(loadMapping(builtInMapping(name)).name).toBe(name);
    },
  );

  it.each([
    ['{ mood: mood }', 'inputs.mood is not a field: use prompt'],
    ['{ prompt: "a b" }', 'inputs.prompt.name must match'],
    ['{ prompt: { mostCharacters: 5 } }', 'inputs.prompt.name must be a text'],
    ['{ prompt: text, negativePrompt: text }', 'the input text is named twice'],
    ['{ width: { name: w, least: 9, most: 8 } }', 'inputs.width.most must be a whole number'],
    ['{ guidance: { name: g, step: 2 } }', 'inputs.guidance: only whole numbers have a step'],
    ['{ references: { name: image, most: 2 } }', 'inputs.references.most must be a whole number'],
    ['{ mediaType: { name: f, values: { image/gif: gif } } }', 'image/gif is not a field'],
  ])('that breaks a rule is refused with its name, the input and the rule: %s', (inputs, rule) => {
    const parse = () => mappingOf(inputs);

    expect(parse).toThrow(DataFileError);
    expect(parse).toThrow('mapping portrait: ');
    expect(parse).toThrow(rule);
  });

  it('has constants that are plain values', () => {
    expect(() => mappingOf('{ prompt: p }', 'constants: { loras: [] }')).toThrow(
      'constants.loras must be a text, a number, true or false',
    );
    expect(() => mappingOf('{ prompt: p }', 'constants: { p: x }')).toThrow('p is named twice');
  });
});

describe('the input of a prediction', () => {
  it('has what there is an input for, under the names of the model', () => {
    const mapping = mappingOf(
      '{ prompt: text, width: { name: w, step: 8 }, steps: { name: rounds, value: 30 } }',
      'constants: { go_fast: true }',
    );

    expect(filledInput(mapping, given)).toEqual({
      ...{ text: 'a lake', w: 64, rounds: 30, go_fast: true },
    });
  });

  it('has references as data URLs, one or a list', () => {
    const references = [reference('a'), reference('b')];
    const list = mappingOf('{ references: { name: images, list: true, most: 2 } }');
    const { images } = filledInput(list, { ...given, references });
    expect(images).toEqual(['data:image/png;base64,YQ==', 'data:image/png;base64,Yg==']);

    const one = mappingOf('{ references: image }');
    expect(filledInput(one, { ...given, references: [reference('a')] })).toEqual({
      image: 'data:image/png;base64,YQ==',
    });
    expect(() => filledInput(one, { ...given, references })).toThrow('must be at most 1');
  });

  it('asks for a media type where the model has a word for it', () => {
    const mapping = mappingOf('{ mediaType: { name: format, values: { image/jpeg: jpg } } }');

    expect(filledInput(mapping, { ...given, mediaType: 'image/jpeg' })).toEqual({ format: 'jpg' });
    expect(filledInput(mapping, given)).toEqual({});
  });

  it('refuses values that break a rule', () => {
    const mapping = mappingOf('{ width: { name: w, most: 32 } }');

    expect(() => filledInput(mapping, given)).toThrow('width is 60, must be from 0 to 32');
  });
});
