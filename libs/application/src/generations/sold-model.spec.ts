import { imageModel, videoModel } from '@imprest/testkit';
import { describe, expect, test } from 'vitest';
import type { ModelEntry } from '../ports/model-catalogue.js';
import { shownModels, soldModel } from './sold-model.js';

const entries: readonly ModelEntry[] = [
  imageModel(),
  imageModel({ alias: 'hidden-1', dialects: ['xenodia'] }),
  imageModel({ alias: 'off-1', enabled: false }),
  videoModel({ dialects: ['xmode'] }),
];
const models = {
  aliases: entries.map(({ alias }) => alias),
  defaultVideo: 'motion-1',
  resolve: (alias = 'landscape-1') => entries.find((entry) => entry.alias === alias),
};

const refused = (message: string) =>
  expect.objectContaining({ error: { code: 'validation_error', field: 'model', message } });

describe('a model is sold', () => {
  test('by its name, or as the default of its kind', () => {
    expect(soldModel(models, 'landscape-1', 'xmode', 'image').alias).toBe('landscape-1');
    expect(soldModel(models, undefined, 'xmode', 'image').alias).toBe('landscape-1');
    expect(soldModel(models, undefined, 'xmode', 'video').alias).toBe('motion-1');
  });

  test.each([
    ['unknown', 'xmode', 'image', 'model must be one of landscape-1'],
    ['hidden-1', 'xmode', 'image', 'model must be one of landscape-1'],
    ['', 'xenodia', 'image', 'model must be one of landscape-1, hidden-1'],
    ['off-1', 'xmode', 'image', 'model off-1 is switched off'],
    ['motion-1', 'xmode', 'image', 'model motion-1 makes videos, not images'],
    ['landscape-1', 'xmode', 'video', 'model landscape-1 makes images, not videos'],
    [undefined, 'xenodia', 'video', 'model must be one of '],
  ] as const)('and %s in %s for an %s is not: %s', (alias, dialect, kind, message) => {
    expect(() => soldModel(models, alias, dialect, kind)).toThrow(refused(message));
  });
});

test('only what is switched on and what a dialect shows is shown', () => {
  const shown = (...dialects: string[]) => shownModels(models, ...dialects).map((m) => m.alias);

  expect(shown('xmode')).toEqual(['landscape-1', 'motion-1']);
  expect(shown('xenodia')).toEqual(['landscape-1', 'hidden-1']);
  expect(shown('xenodia', 'xmode')).toEqual(['landscape-1', 'hidden-1', 'motion-1']);
});
