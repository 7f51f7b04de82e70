import {
  type CallStanding,
  type GenerationProvider,
  ProviderError,
  type RenderContext,
  type RenderRequest,
} from '@imprest/application';
import { expect, test } from 'vitest';
import { CallStillUnresolved, resolveCall } from './unresolved-call.js';

const request = { jobId: 'j1', attempt: 3 } as RenderRequest;
const context = {} as RenderContext;

function asked(answer: CallStanding | Error) {
  const attempts: number[] = [];
  const lookup = async ({ attempt }: RenderRequest) => {
    attempts.push(attempt);
    if (answer instanceof Error) throw answer;
    return answer;
  };
  const provider = { name: 'p', lookup } as unknown as GenerationProvider;
  const resolve = (rendersAnyway = false) =>
    resolveCall(provider, request, context, { attempt: 1, rendersAnyway });
  return { attempts, resolve };
}

test('the call is asked for by the attempt that made it', async () => {
  const { attempts, resolve } = asked('rendered');
  expect(await resolve()).toBe(true);
  expect(attempts).toEqual([1]);
});

test('a call that never arrived is made again', async () => {
  expect(await asked('absent').resolve()).toBe(false);
});

test('a call that nobody knows about is not made again, unless the operator has chosen so', async () => {
  const { resolve } = asked('unknown');
  await expect(resolve()).rejects.toMatchObject({ failureClass: 'unknown', attempt: 1 });
  expect(await resolve(true)).toBe(false);
});

test('a provider that cannot be asked leaves it unknown', async () => {
  const mute = { name: 'p' } as unknown as GenerationProvider;
  const unresolved = { attempt: 1, rendersAnyway: false };
  await expect(resolveCall(mute, request, context, unresolved)).rejects.toBeInstanceOf(
    CallStillUnresolved,
  );
});

test('an answer that was lost on its way leaves the same call unknown; a failure is an answer', async () => {
  const lost = asked(new ProviderError('unknown', 'connection lost'));
  await expect(lost.resolve()).rejects.toMatchObject({ attempt: 1 });
  const failed = asked(new ProviderError('model', 'out of memory'));
  await expect(failed.resolve()).rejects.toMatchObject({ failureClass: 'model' });
});
