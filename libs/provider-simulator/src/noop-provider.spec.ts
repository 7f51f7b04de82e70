import { generationProviderConformance } from '@imprest/testkit/conformance';
import { describe, expect, it } from 'vitest';
import { NoOpProvider } from './noop-provider.js';
import { smallRequest } from './small-request.fixtures.js';

generationProviderConformance('noop', async () => {
  const provider = new NoOpProvider();
  return { provider, dispose: () => provider.close() };
});

describe('the provider that does nothing', () => {
  it('makes an image of one size and type once', async () => {
    const provider = new NoOpProvider();
    const received: Uint8Array[] = [];
    const context = {
      signal: new AbortController().signal,
      onProgress: () => {},
      onImage: async ({ bytes }: { bytes: Uint8Array }) => void received.push(bytes),
    };

    await provider.render({ ...smallRequest, images: 2 }, context);
    await provider.render({ ...smallRequest, seed: 9 }, context);
    await provider.render({ ...smallRequest, width: 170 }, context);

    expect(received[1]).toBe(received[0]);
    expect(received[2]).toBe(received[0]);
    expect(received[3]).not.toBe(received[0]);
  });
});
