import type { GenerationProvider } from '@imprest/application';
import { expect, test } from 'vitest';
import { ResidentModels } from './resident-models.js';

const one = { provider: 'painter', model: 'one' };
const other = { provider: 'painter', model: 'other' };

function models() {
  const clock = { ms: 0 };
  return { clock, models: new ResidentModels(() => clock.ms) };
}

const provider = (standing: GenerationProvider['standing']): GenerationProvider => ({
  name: 'painter',
  render: async () => {},
  close: async () => {},
  standing,
});

test('a model that was loaded stays so until another one of its provider is, and its use is counted', () => {
  const { clock, models: known } = models();
  expect(known.list()).toEqual([]);
  known.loaded(one);
  clock.ms += 5_000;
  known.used(one, { gpuMs: 800, loadMs: 0 });
  known.used(other, { gpuMs: 800, loadMs: 0 });
  expect(known.list()).toEqual([{ ...one, at: 'loaded', gpuMs: 800, loadedMs: 5_000 }]);
  known.loaded(other);
  known.loaded({ provider: 'filmer', model: 'film' });
  expect(known.list()).toMatchObject([
    { ...one, at: 'disk' },
    { ...other, at: 'loaded', gpuMs: 0 },
    { provider: 'filmer', at: 'loaded' },
  ]);
});

test('what a server says of itself goes before, and keeps the count of what stays loaded', async () => {
  const { clock, models: known } = models();
  known.loaded(one);
  known.used(one, { gpuMs: 800, loadMs: 0 });
  clock.ms += 10;
  const both = [
    { name: 'one', loaded: true },
    { name: 'other', loaded: true },
    { name: 'third', loaded: false },
  ];
  const { signal } = new AbortController();
  const answering = provider(async () => ({ ready: true, detail: 'runs', models: both }));
  await known.ask([answering], signal);
  expect(known.list()).toEqual([
    { ...one, at: 'loaded', gpuMs: 800, loadedMs: 10 },
    { ...other, at: 'loaded', gpuMs: 0, loadedMs: 0 },
    { provider: 'painter', model: 'third', at: 'disk' },
  ]);
});

test('a server that does not answer, or tells nothing, changes nothing', async () => {
  const { models: known } = models();
  known.loaded(one);
  const before = known.list();
  const silent = [
    provider(() => Promise.reject(new Error('connection refused'))),
    provider(async () => ({ ready: true, detail: 'runs', models: [] })),
    provider(undefined),
  ];
  await known.ask(silent, new AbortController().signal);
  expect(known.list()).toEqual(before);
});
