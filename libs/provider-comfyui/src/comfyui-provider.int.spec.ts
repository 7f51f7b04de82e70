import type { RenderContext, RenderedImage, RenderPreview } from '@imprest/application';
import { PLAIN_REQUEST } from '@imprest/testkit/conformance';
import { type ComfyuiGeneration, ComfyuiStub } from '@imprest/testkit/providers';
import { afterEach, describe, expect, it } from 'vitest';
import type { ComfyuiOptions } from './comfyui-options.js';
import { ComfyuiProvider } from './comfyui-provider.js';
import { exampleModels, generations } from './example-models.fixtures.js';

const open: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const each of open.splice(0).reverse()) await each.close();
});

async function opened(generation: ComfyuiGeneration, more: Partial<ComfyuiOptions> = {}) {
  const stub = await ComfyuiStub.start(generation);
  const provider = new ComfyuiProvider({
    ...{ url: stub.url, models: exampleModels, runMs: 20_000 },
    follow: { pollMs: 10, slowPollMs: 50, lostMs: 300 },
    ...more,
  });
  open.push(stub, provider);
  return { stub, provider };
}

function receiver(signal = new AbortController().signal) {
  const received: RenderedImage[] = [];
  const context: RenderContext = {
    signal,
    onProgress: () => {},
    onImage: async (image) => void received.push(image),
  };
  return { received, context };
}

const outcomeOf = (work: Promise<unknown>): Promise<unknown> =>
  work.then(
    () => 'rendered',
    (error: unknown) => error,
  );

const eventually = (fact: () => unknown) => expect.poll(fact, { timeout: 10_000, interval: 5 });

describe.each(generations)('a ComfyUI server of generation %s', (generation) => {
  it('is rid of exactly the run that is cancelled, whether it waits or runs', async () => {
    const { stub, provider } = await opened(generation);
    stub.inject('slow');
    const aborts = [new AbortController(), new AbortController(), new AbortController()];
    const outcomes = aborts.map(({ signal }, index) => {
      const request = { ...PLAIN_REQUEST, jobId: `job-${index}` };
      return outcomeOf(provider.render(request, receiver(signal).context));
    });
    await eventually(() => stub.underWay()).toBe(3);

    const [first, , last] = aborts as [AbortController, AbortController, AbortController];
    last.abort();
    await eventually(() => stub.underWay()).toBe(2);
    first.abort();
    await eventually(() => stub.underWay()).toBe(1);
    stub.inject(undefined);
    for (const { signal } of [first, last]) expect(signal.aborted).toBe(true);
    aborts[1]?.abort();

    for (const outcome of await Promise.all(outcomes)) {
      expect(outcome).toMatchObject({ failureClass: 'cancelled' });
    }
    await eventually(() => stub.underWay()).toBe(0);
    expect(stub.misdeeds).toEqual([]);
  });

  it('is asked how it goes when the socket is cut', async () => {
    const { stub, provider } = await opened(generation);
    stub.inject('slow');
    const { received, context } = receiver();
    const rendering = provider.render(PLAIN_REQUEST, context);
    await eventually(() => stub.underWay()).toBe(1);
    stub.cutSockets();
    stub.inject(undefined);
    stub.queue.goOn();
    await rendering;

    expect(received).toHaveLength(1);
  });

  it('that was restarted has lost the run', async () => {
    const { stub, provider } = await opened(generation);
    stub.inject('slow');
    const outcome = outcomeOf(provider.render(PLAIN_REQUEST, receiver().context));
    await eventually(() => stub.underWay()).toBe(1);
    await stub.restart();

    expect(await outcome).toMatchObject({ failureClass: 'infrastructure' });
  });
});

describe('a call whose outcome is unknown', () => {
  it('is found by its id, and not made twice', async () => {
    const { stub, provider } = await opened('ids');
    await provider.render(PLAIN_REQUEST, receiver().context);
    const { received, context } = receiver();

    expect(await provider.lookup(PLAIN_REQUEST, context)).toBe('rendered');
    expect(received).toHaveLength(1);
    expect(stub.misdeeds).toEqual([]);
    expect(stub.queue.history.size).toBe(1);
  });

  it('is made to its end when only a part of its runs was submitted', async () => {
    const { stub, provider } = await opened('jobs');
    const abort = new AbortController();
    const request = { ...PLAIN_REQUEST, images: 10 };
    const first = provider.render(request, {
      ...receiver(abort.signal).context,
      onImage: async () => abort.abort(),
    });
    await outcomeOf(first);
    const { received, context } = receiver();

    expect(await provider.lookup(request, context)).toBe('rendered');
    expect(received.map(({ index }) => index)).toEqual([...Array(10).keys()]);
    expect(stub.queue.history.size).toBe(2);
  });

  it('has failed when its run has failed', async () => {
    const { stub, provider } = await opened('jobs');
    stub.queue.nextError = { exception_message: 'CUDA out of memory' };
    await outcomeOf(provider.render(PLAIN_REQUEST, receiver().context));
    const outcome = await outcomeOf(provider.lookup(PLAIN_REQUEST, receiver().context));

    expect(outcome).toMatchObject({ failureClass: 'infrastructure' });
    expect(stub.queue.history.size).toBe(1);
  });

  it('is absent where a server that takes ids does not have it', async () => {
    const { provider } = await opened('jobs');
    await provider.render({ ...PLAIN_REQUEST, jobId: 'another' }, receiver().context);

    expect(await provider.lookup(PLAIN_REQUEST, receiver().context)).toBe('absent');
  });

  it('stays unknown where ids are the server’s own, or nobody answers', async () => {
    const { stub, provider } = await opened('old');
    await provider.render(PLAIN_REQUEST, receiver().context);
    expect(await provider.lookup(PLAIN_REQUEST, receiver().context)).toBe('unknown');

    await stub.close();
    expect(await provider.lookup(PLAIN_REQUEST, receiver().context)).toBe('unknown');
  });
});

describe('a workflow', () => {
  it.each([
    ['infrastructure', 'torch.OutOfMemoryError', 'Allocation on device 0 would exceed memory'],
    ['infrastructure', 'RuntimeError', 'CUDA error: an illegal memory access'],
    ['model', 'RuntimeError', 'mat1 and mat2 shapes cannot be multiplied'],
  ])('that fails is the fault of the %s after %s: %s', async (failureClass, type, message) => {
    const { stub, provider } = await opened('jobs');
    stub.queue.nextError = { exception_type: type, exception_message: message };
    const outcome = await outcomeOf(provider.render(PLAIN_REQUEST, receiver().context));

    expect(outcome).toMatchObject({ name: 'ProviderError', failureClass });
    expect(String(outcome)).toContain(message);
  });

  it('that the server refuses is the fault of the model, with the node and the rule', async () => {
    const { images } = exampleModels.default;
    const graph = structuredClone(images.graph) as Record<string, { inputs: object }>;
    Object.assign(graph['4']?.inputs ?? {}, { ckpt_name: 'missing.safetensors' });
    const template = { ...images, graph } as typeof images;
    const { provider } = await opened('jobs', { models: { default: { images: template } } });
    const outcome = await outcomeOf(provider.render(PLAIN_REQUEST, receiver().context));

    expect(outcome).toMatchObject({ failureClass: 'model' });
    expect(String(outcome)).toMatch(/node 4 CheckpointLoaderSimple: .*missing\.safetensors/);
  });

  it('is made larger than the picture where sides are multiples, and cropped', async () => {
    const { stub, provider } = await opened('jobs');
    const { received, context } = receiver();
    await provider.render({ ...PLAIN_REQUEST, width: 131, height: 67 }, context);

    expect(received).toMatchObject([{ width: 131, height: 67 }]);
    const [made] = [...stub.queue.history.values()];
    expect(made?.run.graph['5']?.inputs).toMatchObject({ width: 136, height: 72 });
  });

  it('gives no image the text of the workflow along', async () => {
    const { provider } = await opened('jobs');
    const { received, context } = receiver();
    await provider.render(PLAIN_REQUEST, context);

    const text = Buffer.from(received[0]?.bytes ?? []).toString('latin1');
    expect(text).not.toContain('KSampler');
    expect(text).not.toContain(PLAIN_REQUEST.prompt);
  });

  it('tells how long it was executed, and how long models were loaded', async () => {
    const { stub, provider } = await opened('jobs');
    stub.queue.loadingMs = 30;
    const told = { gpu: [] as number[], loading: [] as number[] };
    await provider.render(PLAIN_REQUEST, {
      ...receiver().context,
      onGpuTime: (ms) => void told.gpu.push(ms),
      onModelLoaded: (ms) => void told.loading.push(ms),
    });

    expect(told.gpu).toHaveLength(1);
    expect(told.loading[0]).toBeGreaterThan(15);
  });

  it('shows what its sampler is at, step by step, with the watermark that was ordered', async () => {
    const looks = async (watermark: boolean) => {
      const { stub, provider } = await opened('jobs');
      stub.inject('slow');
      const taken: RenderPreview[] = [];
      const previews = { isOpen: true, take: (look: RenderPreview) => void taken.push(look) };
      const context = { ...receiver().context, previews };
      const rendering = provider.render({ ...PLAIN_REQUEST, watermark }, context);
      const isFollowed = () =>
        stub.server.requests.some(({ url }) => url.pathname.includes('/jobs/'));
      await eventually(isFollowed).toBe(true);
      for (let step = 1; step <= 4; step += 1) {
        if (step === 4) stub.inject(undefined);
        stub.queue.goOn();
        await eventually(() => taken.length).toBe(step);
      }
      await rendering;
      return taken;
    };
    const [plain, marked] = [await looks(false), await looks(true)];

    expect(plain.map(({ index, mediaType, at }) => [index, mediaType, at])).toEqual(
      [1, 2, 3, 4].map((step) => [0, 'image/jpeg', { step, of: 4 }]),
    );
    const bytesOf = (look?: RenderPreview) => Buffer.from(look?.bytes ?? '');
    expect(bytesOf(marked[0]).subarray(0, 3)).toEqual(Buffer.from([0xff, 0xd8, 0xff]));
    expect(bytesOf(marked[0])).not.toEqual(bytesOf(plain[0]));
  });

  it('starts from the references that were uploaded for it', async () => {
    const { stub, provider } = await opened('jobs');
    const bytes = Buffer.from('a picture');
    const references = [{ bytes, mediaType: 'image/png', width: 8, height: 8 } as const];
    const { received, context } = receiver();
    await provider.render({ ...PLAIN_REQUEST, references }, context);

    expect(received).toHaveLength(1);
    const [made] = [...stub.queue.history.values()];
    expect(made?.run.graph['11']?.inputs.image).toBe(`imprest/${stub.uploads[0]}`);
  });
});

describe('the standing of a server', () => {
  it('tells its version, its card and the models', async () => {
    const { provider } = await opened('jobs');
    const { signal } = new AbortController();

    expect(await provider.standing(signal)).toEqual({
      ready: true,
      detail: 'ComfyUI 0.9.1, cuda:0 Stub with 20.0 of 24.0 GiB free',
      models: [{ name: 'default', loaded: false }],
    });
    await provider.render(PLAIN_REQUEST, receiver().context);
    expect((await provider.standing(signal)).models).toEqual([{ name: 'default', loaded: true }]);
  });

  it('names the nodes and files of a template that the server has not', async () => {
    const { images } = exampleModels.default;
    const graph = structuredClone(images.graph) as Record<
      string,
      { class_type: string; inputs: object }
    >;
    Object.assign(graph['3']?.inputs ?? {}, { sampler_name: 'unheard_of' });
    Object.assign(graph['8'] ?? {}, { class_type: 'VAEDecodeTiledElsewhere' });
    const template = { ...images, graph } as typeof images;
    const { provider } = await opened('jobs', { models: { default: { images: template } } });
    const { ready, detail } = await provider.standing(new AbortController().signal);

    expect(ready).toBe(false);
    expect(detail).toContain('node 3 KSampler: the server has no sampler_name unheard_of');
    expect(detail).toContain('node 8: the server has no node VAEDecodeTiledElsewhere');
  });
});
