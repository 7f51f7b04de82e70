import { describe, expect, it } from 'vitest';
import { initialValues, missingFields, seedField } from './form-field.ts';
import { formOf } from './forms.ts';
import { imageModel, videoModel } from './models.fixture.ts';

const names = (fields: readonly { readonly name: string }[]) => fields.map(({ name }) => name);

describe('the form of a request', () => {
  it('has what the model can do, within its bounds', () => {
    const fields = formOf('xmode', imageModel, 'image');
    const field = (name: string) => fields.find((each) => each.name === name);

    expect(field('n')).toMatchObject({ min: 1, max: 4 });
    expect(field('prompt')).toMatchObject({ maxLength: 4_000, isRequired: true });
    expect(field('size')?.choices).toEqual(['2K', '4K']);
  });

  it('has no field for what the model cannot', () => {
    const narrow = {
      ...imageModel,
      capabilities: { ...imageModel.capabilities, seed: false, max_references: 0 },
    };
    const fields = names(formOf('xmode', narrow, 'image'));

    expect(fields).not.toContain('seed');
    expect(fields).not.toContain('references');
  });

  it('asks for an image to set in motion where the model makes clips', () => {
    const fields = formOf('xmode', videoModel, 'video');

    expect(names(fields)).toContain('sourceRequestId');
    expect(fields.find(({ name }) => name === 'duration')).toMatchObject({ min: 1, max: 6 });
    expect(formOf('xenodia', videoModel, 'video')).toEqual([]);
  });

  it('asks for a character, and for no model, in the dialect of characters', () => {
    expect(names(formOf('xavira', null, 'image'))).toContain('character_id');
    expect(names(formOf('xavira', null, 'video'))).toContain('generation_id');
  });

  it.each([
    ['xmode', 'seed'],
    ['uncensored', 'additional_settings.seed'],
    ['xenodia', undefined],
    ['xavira', undefined],
  ] as const)('in %s can be compared by %s', (dialect, name) => {
    expect(seedField(formOf(dialect, imageModel, 'image'))?.name).toBe(name);
  });
});

describe('the values of a form', () => {
  const fields = formOf('xmode', imageModel, 'image');

  it('begin with what is usual and keep what fits another form', () => {
    const kept = { prompt: 'a lake', n: 9, aspectRatio: 'oblong', unknown: 'x', watermark: true };
    const values = initialValues(fields, kept);

    expect(values).toMatchObject({ prompt: 'a lake', n: 4, aspectRatio: 'auto', watermark: true });
    expect(values).not.toHaveProperty('unknown');
  });

  it('are told apart from what is missing', () => {
    expect(missingFields(fields, initialValues(fields))).toEqual(['prompt', 'endUserEmail']);
    expect(missingFields(fields, { prompt: ' ', endUserEmail: 'ada@example.com' })).toEqual([
      'prompt',
    ]);
  });
});
