import type { GenerationProvider, RenderContext, RenderRequest } from '@imprest/application';
import { expect, it } from 'vitest';
import { LimitedProvider } from './limited-provider.js';

/** Renders until it is told to go on. */
function waitingProvider() {
  const started: number[] = [];
  const finish: (() => void)[] = [];
  const provider: GenerationProvider = {
    name: 'gpu',
    render: ({ seed }) =>
      new Promise((resolve) => {
        started.push(seed);
        finish.push(resolve);
      }),
    close: async () => {},
  };
  return { started, finish, limited: new LimitedProvider(provider, 2) };
}

const render = (
  provider: GenerationProvider,
  seed: number,
  signal = new AbortController().signal,
) => provider.render({ seed } as RenderRequest, { signal } as RenderContext);

const settled = () => new Promise((resolve) => setImmediate(resolve));

it('does no more at once than its server, and the rest in their order', async () => {
  const { started, finish, limited } = waitingProvider();
  const all = [1, 2, 3, 4].map((seed) => render(limited, seed));
  await settled();
  expect(started).toEqual([1, 2]);

  for (const expected of [3, 4]) {
    finish.shift()?.();
    await settled();
    expect(started.at(-1)).toBe(expected);
  }
  for (const end of finish) end();
  await Promise.all(all);
  const next = render(limited, 5);
  await settled();
  expect(started).toEqual([1, 2, 3, 4, 5]);
  finish.at(-1)?.();
  await next;
});

it('lets those who wait give up, and no place is lost by it', async () => {
  const { started, finish, limited } = waitingProvider();
  const abort = new AbortController();
  const running = [1, 2].map((seed) => render(limited, seed));
  const givenUp = render(limited, 3, abort.signal);
  const patient = render(limited, 4);
  abort.abort();
  await expect(givenUp).rejects.toMatchObject({ failureClass: 'cancelled' });
  await expect(render(limited, 6, abort.signal)).rejects.toMatchObject({
    failureClass: 'cancelled',
  });

  finish[0]?.();
  await settled();
  expect(started).toEqual([1, 2, 4]);
  for (const end of finish) end();
  await Promise.all([...running, patient]);
});

it('can do what the provider behind it can, and no more', async () => {
  const { limited } = waitingProvider();
  const standing = async () => ({ ready: true, detail: 'it answers', models: [] });
  const asked = new LimitedProvider({ name: 'gpu', standing } as unknown as GenerationProvider, 1);

  expect(limited.standing).toBeUndefined();
  expect(limited.embedIdentity).toBeUndefined();
  expect(await asked.standing?.(new AbortController().signal)).toMatchObject({ ready: true });
});
