import type { RenderedImage, RenderRequest } from '@imprest/application';
import { OpenAiImagesStub, stubPicture } from '@imprest/testkit/providers';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { OpenAiImagesProvider } from '../openai-images-provider.js';

let stub: OpenAiImagesStub;
let provider: OpenAiImagesProvider;
let request: RenderRequest;

beforeEach(async () => {
  stub = await OpenAiImagesStub.start('vllm-omni');
  const { url, key } = stub;
  provider = new OpenAiImagesProvider({ name: 'gpu', url, key, flavour: 'vllm-omni', pollMs: 5 });
  const size = { width: 64, height: 48 };
  const bytes = await stubPicture({ ...size, seed: 1 });
  request = {
    ...{ jobId: 'job-1', attempt: 1, model: stub.model, prompt: 'zoom in', seed: 5, images: 1 },
    ...{ sequential: false, guidanceScale: 4, watermark: false, mediaType: 'image/png', ...size },
    references: [{ bytes, mediaType: 'image/png', ...size }],
    clip: { durationSeconds: 2, framesPerSecond: 8, mediaTypes: ['video/mp4'] },
  };
});
afterEach(async () => {
  await provider.close();
  await stub.close();
});

async function made(signal = new AbortController().signal) {
  const received: RenderedImage[] = [];
  const progress: number[] = [];
  await provider.render(request, {
    signal,
    onProgress: (fraction) => void progress.push(fraction),
    onImage: async (image) => void received.push(image),
  });
  return { received, progress };
}

const calls = () =>
  stub.server.requests.map(({ method, url }) => `${method} ${url.pathname.split('/').at(-1)}`);

describe('a clip', () => {
  it('is looked after until it is done, fetched and forgotten', async () => {
    const { received, progress } = await made();

    expect(received).toMatchObject([{ index: 0, mediaType: 'video/mp4', width: 64, height: 48 }]);
    expect(progress).toEqual([0.4, 1]);
    expect(calls()[0]).toBe('POST videos');
    expect(calls().slice(-2)).toEqual(['GET content', expect.stringMatching(/^DELETE video_/)]);
    expect(stub.videos.size).toBe(0);
  });

  it('that takes too long is deleted, so that the GPU is free', async () => {
    stub.inject('slow');
    const { url, key } = stub;
    const deadlines = { workMs: 200 };
    const hasty = { name: 'gpu', url, key, flavour: 'vllm-omni', deadlines, pollMs: 5 } as const;
    await provider.close();
    provider = new OpenAiImagesProvider(hasty);

    await expect(made()).rejects.toMatchObject({ failureClass: 'timeout' });
    expect(stub.videos.size).toBe(0);
  });

  it('that nobody wants any more is deleted as well', async () => {
    stub.inject('slow');
    const abort = new AbortController();
    const outcome = made(abort.signal).catch((error: unknown) => error);
    await expect.poll(() => stub.videos.size, { interval: 2 }).toBe(1);
    abort.abort();

    expect(await outcome).toMatchObject({ failureClass: 'cancelled' });
    await expect.poll(() => stub.videos.size, { interval: 2 }).toBe(0);
  });

  it('survives a look that is not answered', async () => {
    stub.inject('slow');
    const outcome = made();
    await expect.poll(() => calls().length, { interval: 2 }).toBeGreaterThan(2);
    stub.server.server.closeAllConnections();
    stub.inject(undefined);

    expect((await outcome).received).toHaveLength(1);
  });
});
