import { createHash } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import {
  type PreviewTaker,
  ProviderError,
  type RenderedImage,
  type RenderPreview,
  type RenderRequest,
} from '@imprest/application';
import { generationProviderConformance } from '@imprest/testkit/conformance';
import sharp from 'sharp';
import { afterAll, describe, expect, it } from 'vitest';
import { paintPicture } from './rendering/paint-picture.js';
import type { SimulatorOptions } from './simulator-options.js';
import { SimulatorProvider } from './simulator-provider.js';
import { smallRequest } from './small-request.fixtures.js';

for (const threads of [1, 3]) {
  generationProviderConformance(`simulator with ${threads} threads`, async () => {
    const provider = new SimulatorProvider({ threads, trialFaults: true });
    return {
      provider,
      dispose: () => provider.close(),
      failing: (request, failureClass) => ({
        ...request,
        prompt: `${request.prompt} [fail:${failureClass}]`,
      }),
    };
  });
}

const providers: SimulatorProvider[] = [];
function simulator(options: SimulatorOptions = {}): SimulatorProvider {
  const provider = new SimulatorProvider(options);
  providers.push(provider);
  return provider;
}
afterAll(() => Promise.all(providers.map((provider) => provider.close())));
const shared = simulator();

async function render(
  provider: SimulatorProvider,
  change: Partial<RenderRequest>,
  signal = new AbortController().signal,
): Promise<RenderedImage[]> {
  const images: RenderedImage[] = [];
  await provider.render(
    { ...smallRequest, ...change },
    { signal, onProgress: () => {}, onImage: async (image) => void images.push(image) },
  );
  return images.sort((a, b) => a.index - b.index);
}

const pixels = ({ bytes }: RenderedImage) => sharp(bytes).raw().toBuffer();
const digest = (data: Uint8Array) => createHash('sha256').update(data).digest('hex');
const digests = async (images: readonly RenderedImage[]) =>
  (await Promise.all(images.map(pixels))).map(digest);
const differenceOf = (a: Uint8Array, b: Uint8Array) =>
  a.reduce((sum, value, index) => sum + Math.abs(value - (b[index] as number)), 0) / a.length;

describe('the simulator', () => {
  it('gives in a thread the very pixels that painting gives', async () => {
    const control = { checkpoint: () => {}, onProgress: () => {} };
    const task = { ...smallRequest, frame: 0, references: [] };

    const images = await render(shared, {});

    expect(await digests(images)).toEqual([digest(paintPicture(task, [], control).data)]);
  });

  it('counts seeds up through a set', async () => {
    const [, second] = await digests(await render(shared, { images: 2, seed: 7 }));

    expect(await digests(await render(shared, { seed: 8 }))).toEqual([second]);
  });

  it('makes as many frames of a series as the prompt speaks of, each close to the last', async () => {
    const prompt = 'three scenes of a mountain lake at noon';
    const frames = await render(shared, { prompt, images: 15, sequential: true });
    const [stranger] = await render(shared, { prompt, seed: 4711 });

    expect(frames).toHaveLength(3);
    const [first, second, third] = await Promise.all(frames.map(pixels));
    const far = differenceOf(first as Buffer, await pixels(stranger as RenderedImage));
    for (const step of [
      differenceOf(first as Buffer, second as Buffer),
      differenceOf(second as Buffer, third as Buffer),
    ]) {
      expect(step).toBeGreaterThan(0.05);
      expect(step).toBeLessThan(far);
    }
  });

  it('shows references and is the same each time it does', async () => {
    const bytes = await sharp({
      create: { width: 90, height: 60, channels: 3, background: '#ff00ff' },
    })
      .png()
      .toBuffer();
    const references = [{ bytes, mediaType: 'image/png', width: 90, height: 60 } as const];
    const change = { prompt: 'a lake in the style of image_1', references };

    const images = await render(shared, change);
    const data = await pixels(images[0] as RenderedImage);

    const magenta = Array.from({ length: data.length / 3 }, (_, pixel) => pixel * 3).filter(
      (at) => data[at] === 255 && data[at + 1] === 0 && data[at + 2] === 255,
    );
    expect(magenta.length).toBeGreaterThan(300);
    expect(await digests(await render(shared, change))).toEqual(await digests(images));
  });

  it('blames the user for a reference that is no image', async () => {
    const broken = {
      bytes: Buffer.from('<svg/>'),
      mediaType: 'image/png',
      width: 1,
      height: 1,
    } as const;

    await expect(render(shared, { references: [broken] })).rejects.toMatchObject({
      failureClass: 'user',
      message: 'reference image_1 cannot be decoded',
    });
  });

  it('never blocks its caller and gives up a large picture within 100 ms', async () => {
    const abort = new AbortController();
    const large = render(shared, { width: 4096, height: 4096 }, abort.signal);
    const failure = large.catch((error: unknown) => error);
    let longest = 0;
    for (let tick = 0, last = performance.now(); tick < 40; tick += 1) {
      await wait(5);
      longest = Math.max(longest, performance.now() - last);
      last = performance.now();
    }

    const aborted = performance.now();
    abort.abort();

    expect(await failure).toMatchObject({ failureClass: 'cancelled' });
    expect(performance.now() - aborted).toBeLessThan(100);
    expect(longest).toBeLessThan(400);
    await render(shared, {});
    expect(performance.now() - aborted).toBeLessThan(3_000);
  });

  it('waits before each image, and not after it was cancelled', async () => {
    const provider = simulator({ latencyMs: 150 });
    const started = performance.now();
    await render(provider, { images: 2 });
    expect(performance.now() - started).toBeGreaterThan(300);

    const abort = new AbortController();
    const waiting = render(simulator({ latencyMs: 60_000 }), {}, abort.signal);
    setTimeout(() => abort.abort(), 20);
    await expect(waiting).rejects.toMatchObject({ failureClass: 'cancelled' });
  });

  it('fails as often as told, at the same attempts each time', async () => {
    const provider = simulator({ failureRate: 0.5, threads: 2 });
    const outcomes = async () => {
      const found: string[] = [];
      for (let attempt = 1; attempt <= 12; attempt += 1) {
        const change = { attempt, width: 32, height: 32 };
        found.push(
          await render(provider, change).then(
            () => 'made',
            (error: ProviderError) => error.failureClass,
          ),
        );
      }
      return found;
    };

    const first = await outcomes();

    expect(await outcomes()).toEqual(first);
    expect(first).toContain('made');
    expect(new Set(first).size).toBeGreaterThan(2);
  });
});

describe('early looks', () => {
  const taking = (isOpen: () => boolean = () => true) => {
    const taken: RenderPreview[] = [];
    const previews: PreviewTaker = {
      get isOpen() {
        return isOpen();
      },
      take: (preview) => void taken.push(preview),
    };
    return { taken, previews };
  };
  const watched = (provider: SimulatorProvider, previews: PreviewTaker, change = {}) =>
    provider.render(
      { ...smallRequest, width: 1_280, height: 960, ...change },
      {
        signal: new AbortController().signal,
        onProgress: () => {},
        onImage: async () => {},
        previews,
      },
    );

  it('are small, of the same scene, and finer with each step of a wait', async () => {
    const { taken, previews } = taking();
    await watched(simulator({ latencyMs: 1_000 }), previews);

    expect(taken.map(({ index, at }) => [index, at?.step, at?.of])).toEqual([
      [0, 1, 4],
      [0, 2, 4],
      [0, 3, 4],
      [0, undefined, undefined],
    ]);
    const widths = await Promise.all(
      taken.map(async ({ bytes }) => (await sharp(bytes).metadata()).width),
    );
    expect(widths).toEqual([154, 230, 307, 384]);
    const [picture] = await render(shared, { width: 1_280, height: 960 });
    const small = await sharp(picture?.bytes).resize(384, 288).raw().toBuffer();
    const look = await sharp(taken.at(-1)?.bytes).raw().toBuffer();
    expect(differenceOf(look, small)).toBeLessThan(12);
  });

  it('are not painted when nobody would take one, and change no picture', async () => {
    const { taken, previews } = taking(() => false);
    await watched(simulator({ latencyMs: 300 }), previews);
    expect(taken).toEqual([]);

    const images: RenderedImage[] = [];
    const open = taking();
    await shared.render(smallRequest, {
      signal: new AbortController().signal,
      onProgress: () => {},
      onImage: async (image) => void images.push(image),
      previews: open.previews,
    });
    expect(open.taken).toHaveLength(1);
    expect(await digests(images)).toEqual(await digests(await render(shared, {})));
  });
});

describe('markers of trial faults', () => {
  it('lose single images', async () => {
    const provider = simulator({ trialFaults: true });

    const images = await render(provider, { images: 3, prompt: 'a lake [lose:1]' });

    expect(images.map(({ index }) => index)).toEqual([0, 2]);
  });

  it('leave the picture as it is without them', async () => {
    const provider = simulator({ trialFaults: true });
    const marked = await render(provider, { prompt: `${smallRequest.prompt} [slow:10]` });

    expect(await digests(marked)).toEqual(await digests(await render(provider, {})));
  });

  it('mean nothing unless allowed', async () => {
    const images = await render(shared, { images: 2, prompt: 'a lake [fail:model][lose:0]' });

    expect(images).toHaveLength(2);
  });
});

describe('a closed simulator', () => {
  it('fails what is under way and what comes later', async () => {
    const provider = new SimulatorProvider();
    const underWay = render(provider, { width: 2048, height: 2048 }).catch(
      (error: unknown) => error,
    );
    await wait(50);
    await provider.close();
    await provider.close();

    expect(await underWay).toMatchObject({ failureClass: 'infrastructure' });
    await expect(render(provider, {})).rejects.toThrow(ProviderError);
  });
});
