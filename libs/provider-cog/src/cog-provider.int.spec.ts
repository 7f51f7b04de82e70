import type { RenderContext, RenderedImage } from '@imprest/application';
import {
  FAULT_MOST_BYTES,
  generationProviderConformance,
  PLAIN_REQUEST,
} from '@imprest/testkit/conformance';
import { CogStub, type CogStubOptions, providerFaults } from '@imprest/testkit/providers';
import { afterEach, describe, expect, it } from 'vitest';
import type { CogOptions } from './cog-options.js';
import { CogProvider } from './cog-provider.js';
import { builtInMapping } from './mapping/built-in.js';
import { loadMapping, parseMapping } from './mapping/input-mapping.js';

const models = {
  default: {
    images: loadMapping(builtInMapping('text-to-image')),
    fromReferences: loadMapping(builtInMapping('image-to-image')),
    clip: loadMapping(builtInMapping('image-to-clip')),
  },
};

function providerFor(stub: CogStub, more: Partial<CogOptions> = {}): CogProvider {
  return new CogProvider({
    // A prediction takes milliseconds here; on a busy machine, it may take a hundred times as long.
    ...{ url: stub.url, models, runMs: 2_000, busyMs: 1_000, mostFileBytes: FAULT_MOST_BYTES },
    deadlines: { connectMs: 1_000, answerMs: 1_000, idleMs: 1_000 },
    ...more,
  });
}

for (const streaming of [true, false]) {
  generationProviderConformance(
    streaming ? 'Cog, a model that streams' : 'Cog, a model that does not stream',
    async () => {
      const stub = await CogStub.start({ streaming });
      const provider = providerFor(stub);
      const dispose = async () => {
        await provider.close();
        await stub.close();
      };
      return { provider, dispose, stub };
    },
    providerFaults,
  );
}

const open: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const each of open.splice(0).reverse()) await each.close();
});

async function opened(options: CogStubOptions = {}, more: Partial<CogOptions> = {}) {
  const stub = await CogStub.start(options);
  const provider = providerFor(stub, { runMs: 20_000, ...more });
  open.push(stub, provider);
  return { stub, provider };
}

function receiver() {
  const received: RenderedImage[] = [];
  const fractions: number[] = [];
  const context: RenderContext = {
    signal: new AbortController().signal,
    onProgress: (fraction) => fractions.push(fraction),
    onImage: async (image) => void received.push(image),
  };
  return { received, fractions, context };
}

const outcomeOf = (work: Promise<unknown>): Promise<unknown> =>
  work.then(
    () => 'rendered',
    (error: unknown) => error,
  );

describe('a prediction', () => {
  it('gets what the request says under the model’s own names, and the operator’s constants', async () => {
    const { stub, provider } = await opened();
    const reference = { bytes: Buffer.from('a picture'), mediaType: 'image/png' } as const;
    const references = [{ ...reference, width: 8, height: 8 }];
    const request = { ...PLAIN_REQUEST, negativePrompt: 'fog', width: 61, height: 48, references };
    await provider.render(request, receiver().context);

    expect(stub.inputs).toEqual([
      {
        ...{ prompt: PLAIN_REQUEST.prompt, negative_prompt: 'fog', seed: 20 },
        ...{ width: 64, height: 48, num_outputs: 1, num_inference_steps: 25 },
        ...{ guidance_scale: 7.5, prompt_strength: 0.65 },
        image: `data:image/png;base64,${Buffer.from('a picture').toString('base64')}`,
      },
    ]);
  });

  it('is made in as many calls as the model’s largest batch asks for, each with its own seeds', async () => {
    const { stub, provider } = await opened();
    const { received, context } = receiver();
    await provider.render({ ...PLAIN_REQUEST, images: 6 }, context);

    expect(received.map(({ index }) => index)).toEqual([0, 1, 2, 3, 4, 5]);
    const calls = stub.inputs.map(({ seed, num_outputs }) => [seed, num_outputs]);
    expect(calls).toEqual([
      [20, 4],
      [24, 2],
    ]);
  });

  it('tells how long the model had to do with it', async () => {
    const { provider } = await opened();
    const times: number[] = [];
    const context = { ...receiver().context, onGpuTime: (ms: number) => void times.push(ms) };
    await provider.render(PLAIN_REQUEST, context);

    expect(times).toHaveLength(1);
    expect(times[0]).toBeGreaterThan(0);
  });

  it('tells how far it is by the bars in its log', async () => {
    const { provider } = await opened();
    const { fractions, context } = receiver();
    await provider.render(PLAIN_REQUEST, context);

    expect(fractions).toEqual([0.25, 0.5, 0.75, 1]);
  });

  it.each([
    ['infrastructure', 'CUDA out of memory. Tried to allocate 2.00 GiB'],
    ['moderation', 'NSFW content detected. Try running it again, or try a different prompt.'],
    ['model', 'shapes do not fit'],
  ])('that fails is the fault of the %s after: %s', async (failureClass, error) => {
    const { stub, provider } = await opened();
    stub.error = error;
    const outcome = await outcomeOf(provider.render(PLAIN_REQUEST, receiver().context));

    expect(outcome).toMatchObject({ name: 'ProviderError', failureClass });
    expect(String(outcome)).toContain(error.slice(0, 20));
  });

  it('that the model refuses for a constant is the fault of the mapping', async () => {
    const yaml = 'makes: images\ninputs: { prompt: prompt }\nconstants: { num_outputs: 99 }';
    const images = parseMapping('wrong', yaml);
    const { provider } = await opened({}, { models: { default: { images } } });
    const outcome = await outcomeOf(provider.render(PLAIN_REQUEST, receiver().context));

    expect(outcome).toMatchObject({ failureClass: 'model' });
    expect(String(outcome)).toContain('num_outputs: 99 is over 4');
  });
});

describe('outputs that are links', () => {
  it('are fetched from where the operator has the server put them', async () => {
    const stub = await CogStub.start({ uploading: true });
    const provider = providerFor(stub, { outputUrl: stub.uploadUrl });
    open.push(stub, provider);
    const { received, context } = receiver();
    await provider.render({ ...PLAIN_REQUEST, images: 2 }, context);

    expect(received).toHaveLength(2);
  });

  it.each([undefined, 'http://127.0.0.1:9/uploads'])('lead nowhere else: %s', async (outputUrl) => {
    const allowed = outputUrl === undefined ? {} : { outputUrl };
    const { stub, provider } = await opened({ uploading: true }, allowed);
    const outcome = await outcomeOf(provider.render(PLAIN_REQUEST, receiver().context));

    expect(outcome).toMatchObject({ failureClass: 'model' });
    expect(stub.server.requests.some(({ url }) => url.pathname.startsWith('/uploads'))).toBe(false);
  });
});

describe('the standing of a server', () => {
  const { signal } = new AbortController();

  it('is that of its model', async () => {
    const { stub, provider } = await opened();
    expect(await provider.standing(signal)).toEqual({
      ready: true,
      detail: 'Cog 0.17.0 is READY',
      models: [{ name: 'default', loaded: true }],
    });

    stub.status = 'STARTING';
    expect(await provider.standing(signal)).toMatchObject({
      ready: false,
      models: [{ name: 'default', loaded: false }],
    });
    const outcome = await outcomeOf(provider.render(PLAIN_REQUEST, receiver().context));
    expect(outcome).toMatchObject({ failureClass: 'infrastructure' });
  });

  it('names the inputs of a mapping that the model has not, or has of another type', async () => {
    const images = parseMapping('odd', 'makes: images\ninputs: { seed: prompt, steps: rounds }');
    const { provider } = await opened({}, { models: { default: { images } } });
    const { ready, detail } = await provider.standing(signal);

    expect(ready).toBe(false);
    expect(detail).toContain('mapping odd: the model has no input rounds');
    expect(detail).toContain('the input prompt is of type string, not a whole value');
  });
});
