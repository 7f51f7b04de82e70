import type { RenderContext } from '@imprest/application';
import { expect, test } from 'vitest';
import { LoadedModel } from './loaded-model.js';

const context = (loads: number[], signal = new AbortController().signal): RenderContext => ({
  signal,
  onProgress: () => {},
  onImage: async () => {},
  onModelLoaded: (ms) => loads.push(ms),
});

test('a model is loaded when another one was, and told each time', async () => {
  const loads: number[] = [];
  const loaded = new LoadedModel(2);
  await Promise.all([loaded.need('one', context(loads)), loaded.need('one', context(loads))]);
  expect(loads).toEqual([2]);
  await loaded.need('other', context(loads));
  await loaded.need('one', context(loads));
  expect(loads).toEqual([2, 2, 2]);
});

test('nothing is loaded when loading takes no time', async () => {
  const loads: number[] = [];
  await new LoadedModel(0).need('one', context(loads));
  expect(loads).toEqual([]);
});

test('a load that is told to stop leaves the next one to load', async () => {
  const loads: number[] = [];
  const loaded = new LoadedModel(2);
  const stopped = loaded.need('one', context(loads, AbortSignal.abort()));
  await expect(stopped).rejects.toMatchObject({ failureClass: 'cancelled' });
  await loaded.need('one', context(loads));
  expect(loads).toEqual([2]);
});
