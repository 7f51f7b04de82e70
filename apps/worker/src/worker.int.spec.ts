import { setTimeout as delay } from 'node:timers/promises';
import {
  type GenerationProvider,
  ProviderError,
  type RenderContext,
  type RenderRequest,
  type WorkOrder,
} from '@imprest/application';
import type { OutgoingHttp } from '@imprest/outgoing-http';
import { blankPng } from '@imprest/testkit';
import { pino } from 'pino';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { errorAnswer, FakeOrchestrator } from './fake-orchestrator.fixtures.js';
import { type RunningWorker, startWorker, type WorkerOptions } from './index.js';

type Render = (request: RenderRequest, context: RenderContext) => Promise<void>;

const image = blankPng(2560, 1440);

const anOrder = (overrides: Partial<WorkOrder> = {}): WorkOrder => ({
  jobId: 'req_1',
  fence: 7,
  leaseSeconds: 30,
  attempt: 1,
  model: 'landscape-1',
  provider: 'painter',
  providerModel: 'painter-v1',
  prompt: 'a mountain lake at sunrise',
  seed: 42,
  width: 2560,
  height: 1440,
  size: '2K',
  aspectRatio: 'landscape',
  images: 1,
  sequential: false,
  guidanceScale: 7.5,
  watermark: false,
  mediaType: 'image/png',
  references: [],
  ...overrides,
});

/** Makes every image asked for at once. */
const paints: Render = async ({ images, width, height }, { onImage, onProgress }) => {
  for (let index = 0; index < images; index += 1) {
    const bytes = blankPng(width, height);
    await onImage({ index, bytes, mediaType: 'image/png', width, height });
    onProgress((index + 1) / images);
  }
};

const untilAborted = (signal: AbortSignal) =>
  new Promise<never>((_, reject) => {
    signal.addEventListener('abort', () => reject(new ProviderError('cancelled', 'told to stop')));
  });

describe('a worker', () => {
  let orchestrator: FakeOrchestrator;
  let worker: RunningWorker | undefined;
  const rendered: RenderRequest[] = [];

  async function begin(render: Render = paints, options: Partial<WorkerOptions> = {}) {
    const provider: GenerationProvider = {
      name: 'painter',
      render: (request, context) => {
        rendered.push(request);
        return render(request, context);
      },
      close: async () => {},
    };
    worker = await startWorker({
      orchestratorUrl: orchestrator.url,
      workerKey: 'the worker key of this test',
      workerId: 'gpu-1',
      slots: 1,
      providers: new Map([['painter', provider]]),
      referenceHttp: {
        download: async () => ({ status: 200, bytes: blankPng(900, 1600), contentType: undefined }),
      } satisfies Pick<OutgoingHttp, 'download'>,
      logger: pino({ level: 'silent' }),
      drainMs: 500,
      ...options,
    });
    return worker;
  }
  const outcome = async (count = 1) => {
    await expect.poll(() => orchestrator.outcomes.length, { timeout: 5_000 }).toBe(count);
    const { usage: _, ...told } = orchestrator.outcomes[count - 1] ?? {};
    return told;
  };

  beforeEach(async () => {
    rendered.length = 0;
    orchestrator = await FakeOrchestrator.start();
  });
  afterEach(async () => {
    await worker?.stop();
    worker = undefined;
    await orchestrator.stop();
  });

  test('renders an order, hands over the images as they come and reports their receipts', async () => {
    orchestrator.orders.push(anOrder({ images: 2 }));
    await begin();
    expect(await outcome()).toEqual({
      fence: 7,
      receipts: ['receipt of 0?fence=7', 'receipt of 1?fence=7'],
      lost: [],
    });
    expect(rendered[0]).toEqual({
      jobId: 'req_1',
      attempt: 1,
      model: 'painter-v1',
      prompt: 'a mountain lake at sunrise',
      seed: 42,
      width: 2560,
      height: 1440,
      images: 2,
      sequential: false,
      guidanceScale: 7.5,
      watermark: false,
      mediaType: 'image/png',
      references: [],
    });
    expect(orchestrator.leaseRequests[0]).toEqual({
      workerId: 'gpu-1',
      session: expect.stringMatching(/^[0-9a-f-]{36}$/),
      providers: ['painter'],
      slots: 1,
      residency: [],
      waitSeconds: 20,
    });
    const keys = new Set(orchestrator.requests.map(({ authorization }) => authorization));
    expect([...keys]).toEqual(['Bearer the worker key of this test']);
  });

  test('hands an image over as the provider made it', async () => {
    orchestrator.orders.push(anOrder());
    await begin();
    await outcome();
    const [upload] = orchestrator.uploads;
    expect(upload?.contentType).toBe('image/png');
    expect(upload?.bytes).toEqual(Buffer.from(image));
  });

  test('lets the first reference decide the shape', async () => {
    const references = ['https://images.example.com/1.png', 'https://images.example.com/2.png'];
    orchestrator.orders.push(
      anOrder({ width: null, height: null, aspectRatio: 'auto', references }),
    );
    await begin();
    await outcome();
    expect(rendered[0]).toMatchObject({ width: 1440, height: 2560 });
    expect(rendered[0]?.references).toHaveLength(2);
  });

  test('tells its progress and keeps its lease while it works', async () => {
    orchestrator.orders.push(anOrder({ leaseSeconds: 0.3 }));
    await begin(async (request, context) => {
      context.onProgress(0.5);
      await delay(500);
      await paints(request, context);
    });
    await outcome();
    expect(orchestrator.heartbeats.length).toBeGreaterThan(2);
    expect(orchestrator.heartbeats[0]).toEqual({ fence: 7, progress: 0.5 });
    // One may have been on its way.
    await delay(100);
    const sent = orchestrator.heartbeats.length;
    await delay(300);
    expect(orchestrator.heartbeats).toHaveLength(sent);
  });

  describe('reports a failure', () => {
    test.each(['user', 'model', 'infrastructure', 'moderation', 'timeout'] as const)(
      'of the provider in its class: %s',
      async (failureClass) => {
        orchestrator.orders.push(anOrder());
        await begin(() => Promise.reject(new ProviderError(failureClass, 'said the provider')));
        const failure = { class: failureClass, message: 'said the provider' };
        expect(await outcome()).toEqual({ fence: 7, failure });
      },
    );

    test('that nobody expected as one of infrastructure', async () => {
      orchestrator.orders.push(anOrder());
      await begin(() => Promise.reject(new TypeError('x is not a function')));
      const failure = { class: 'infrastructure', message: 'x is not a function' };
      expect(await outcome()).toEqual({ fence: 7, failure });
    });

    test('when it lacks the provider', async () => {
      orchestrator.orders.push(anOrder({ provider: 'sculptor' }));
      await begin();
      const message = 'this worker has no provider sculptor for model landscape-1';
      expect(await outcome()).toEqual({ fence: 7, failure: { class: 'infrastructure', message } });
    });

    test('of the caller when a reference is no image', async () => {
      orchestrator.orders.push(anOrder({ references: ['https://images.example.com/1.svg'] }));
      const svg = { status: 200, bytes: Buffer.from('<svg/>'), contentType: undefined };
      await begin(paints, { referenceHttp: { download: async () => svg } });
      expect(await outcome()).toMatchObject({ failure: { class: 'user' } });
    });

    test('of the model when it made something else than was ordered', async () => {
      orchestrator.orders.push(anOrder());
      orchestrator.onUpload = () => errorAnswer(400, 'validation_error');
      await begin();
      expect(await outcome()).toMatchObject({ failure: { class: 'model' } });
    });

    test('as a time-out when the provider takes too long', async () => {
      orchestrator.orders.push(anOrder());
      await begin((_, { signal }) => untilAborted(signal), { renderTimeoutMs: 50 });
      const failure = { class: 'timeout', message: 'no result within 0.05 seconds' };
      expect(await outcome()).toEqual({ fence: 7, failure });
    });
  });

  test('reports an image that storage did not take as lost', async () => {
    orchestrator.orders.push(anOrder({ images: 2 }));
    const taken = orchestrator.onUpload;
    orchestrator.onUpload = (request) =>
      request.url.includes('/outputs/1')
        ? errorAnswer(503, 'unavailable', 'storage_failed')
        : taken(request);
    await begin();
    expect(await outcome()).toEqual({ fence: 7, receipts: ['receipt of 0?fence=7'], lost: [1] });
  });

  describe('stops and reports nothing', () => {
    test.each([
      ['when the job was cancelled', { cancelled: true, lost: false }],
      ['when the lease is lost', { cancelled: false, lost: true }],
    ])('%s', async (_, body) => {
      orchestrator.orders.push(anOrder({ leaseSeconds: 0.15 }));
      orchestrator.onHeartbeat = () => ({ status: 200, body });
      let stopped = false;
      await begin((_request, { signal }) =>
        untilAborted(signal).catch((error) => {
          stopped = true;
          throw error;
        }),
      );
      await expect.poll(() => stopped).toBe(true);
      orchestrator.orders.push(anOrder({ jobId: 'req_2' }));
      await expect.poll(() => rendered.length).toBe(2);
      expect(orchestrator.outcomes).toEqual([]);
    });

    test('when the orchestrator says so to an upload', async () => {
      orchestrator.orders.push(anOrder(), anOrder({ jobId: 'req_2' }));
      const taken = orchestrator.onUpload;
      orchestrator.onUpload = (request) =>
        request.url.includes('req_1') ? errorAnswer(409, 'conflict', 'lease_lost') : taken(request);
      await begin();
      await outcome();
      expect(orchestrator.outcomes).toHaveLength(1);
      expect(orchestrator.requests.at(-1)?.url).not.toContain('req_1');
    });

    test('when it could not renew its lease in time', async () => {
      orchestrator.orders.push(anOrder({ leaseSeconds: 0.2 }));
      orchestrator.onHeartbeat = () => undefined;
      const startedAt = performance.now();
      let stoppedAt = 0;
      await begin((_, { signal }) =>
        untilAborted(signal).catch((error) => {
          stoppedAt = performance.now();
          throw error;
        }),
      );
      await expect.poll(() => stoppedAt).toBeGreaterThan(0);
      expect(stoppedAt - startedAt).toBeGreaterThan(190);
      expect(stoppedAt - startedAt).toBeLessThan(1_500);
      expect(orchestrator.outcomes).toEqual([]);
    });
  });

  describe('tries again', () => {
    test('to get work, also with a key that is refused', async () => {
      const answers = [
        undefined,
        errorAnswer(503, 'unavailable'),
        errorAnswer(401, 'unauthorized'),
      ];
      orchestrator.onLease = () => answers.shift() ?? { status: 204 };
      await begin();
      await expect.poll(() => orchestrator.leaseRequests.length).toBeGreaterThan(4);
    });

    test('to hand over an image and its outcome, through lost connections and overload', async () => {
      orchestrator.orders.push(anOrder());
      const trouble = () => [undefined, errorAnswer(500, 'internal_error')];
      const [uploads, outcomes] = [trouble(), trouble()];
      const { onUpload, onOutcome } = orchestrator;
      orchestrator.onUpload = (request) =>
        uploads.length > 0 ? uploads.shift() : onUpload(request);
      orchestrator.onOutcome = (request) =>
        outcomes.length > 0 ? outcomes.shift() : onOutcome(request);
      await begin();
      expect(await outcome(3)).toEqual({ fence: 7, receipts: ['receipt of 0?fence=7'], lost: [] });
      expect(orchestrator.uploads).toHaveLength(3);
    });
  });

  test('does as many orders at once as it has slots', async () => {
    for (let n = 0; n < 6; n += 1) orchestrator.orders.push(anOrder({ jobId: `req_${n}` }));
    let now = 0;
    let most = 0;
    await begin(
      async (request, context) => {
        most = Math.max(most, ++now);
        await delay(30);
        await paints(request, context);
        now -= 1;
      },
      { slots: 3 },
    );
    await outcome(6);
    expect(most).toBe(3);
    expect(orchestrator.leaseRequests[0]?.slots).toBe(3);
  });

  describe('tells the orchestrator of itself', () => {
    const loading: Render = async (request, context) => {
      context.onModelLoaded?.(30);
      await delay(60);
      await paints(request, context);
    };
    const painter = { provider: 'painter', model: 'painter-v1', at: 'loaded' };

    test('what it is when it begins, and what it has loaded when it asks for more', async () => {
      orchestrator.orders.push(anOrder());
      const labels = { zone: 'a' };
      await begin(loading, { vramBytes: 24_000_000_000, labels, version: '1.2.0' });
      await outcome();
      await expect.poll(() => orchestrator.leaseRequests.length).toBe(2);
      expect(orchestrator.presence[0]).toEqual({
        session: orchestrator.leaseRequests[0]?.session,
        providers: ['painter'],
        slots: 1,
        vramBytes: 24_000_000_000,
        labels,
        version: '1.2.0',
        residency: [],
      });
      expect(orchestrator.leaseRequests[1]?.residency).toMatchObject([painter]);
    });

    test('what an attempt took of the GPU, and what of it was loading the model', async () => {
      orchestrator.orders.push(anOrder());
      await begin(loading);
      await outcome();
      const usage = orchestrator.outcomes[0]?.usage;
      expect(usage).toEqual({ gpuMs: expect.any(Number), loadMs: 30 });
      expect(usage).toSatisfy(({ gpuMs }: { gpuMs: number }) => gpuMs >= 50);
    });

    test('which leases it holds and how many slots they take', async () => {
      orchestrator.onPresence = () => ({
        status: 200,
        body: { state: 'active', heartbeatSeconds: 0.05 },
      });
      orchestrator.orders.push(anOrder({ slots: 2 }));
      await begin((_, { signal }) => untilAborted(signal), { slots: 3, drainMs: 1 });
      const held = [{ jobId: 'req_1', fence: 7 }];
      await expect
        .poll(() => orchestrator.presence.slice(1))
        .toContainEqual(expect.objectContaining({ held, usedSlots: 2, residency: [] }));
      expect(orchestrator.leaseRequests.map(({ slots }) => slots)).toEqual([3, 1]);
    });

    test('anew when it is asked to', async () => {
      const states = ['active', 'unknown', 'active'];
      orchestrator.onPresence = () => ({
        status: 200,
        body: { state: states.shift() ?? 'active', heartbeatSeconds: 0.02 },
      });
      await begin();
      const registrations = () => orchestrator.presence.filter(({ slots }) => slots !== undefined);
      await expect.poll(() => registrations().length, { timeout: 5_000 }).toBe(2);
    });

    test('and asks for no more work while it is told to drain', async () => {
      let state = 'draining';
      orchestrator.onPresence = () => ({ status: 200, body: { state, heartbeatSeconds: 0.02 } });
      orchestrator.onLease = () => ({ status: 204 });
      const beats = async () => {
        const before = orchestrator.presence.length;
        await expect.poll(() => orchestrator.presence.length).toBeGreaterThan(before + 2);
      };
      await begin();
      await beats();
      const asked = orchestrator.leaseRequests.length;
      await beats();
      expect(orchestrator.leaseRequests.length).toBe(asked);
      state = 'active';
      await expect.poll(() => orchestrator.leaseRequests.length).toBeGreaterThan(asked);
    });

    test('and works as well when the orchestrator knows nothing of registrations', async () => {
      orchestrator.onPresence = () => errorAnswer(404, 'not_found');
      orchestrator.orders.push(anOrder());
      await begin();
      expect(await outcome()).toMatchObject({ receipts: ['receipt of 0?fence=7'] });
    });
  });

  describe('that is stopped', () => {
    test('takes no more work and finishes what it has', async () => {
      orchestrator.orders.push(anOrder(), anOrder({ jobId: 'req_2' }));
      const running = await begin(async (request, context) => {
        await delay(100);
        await paints(request, context);
      });
      await expect.poll(() => rendered.length).toBe(1);
      await running.stop();
      expect(orchestrator.outcomes).toHaveLength(1);
      expect(orchestrator.outcomes[0]).toMatchObject({ receipts: ['receipt of 0?fence=7'] });
      expect(rendered).toHaveLength(1);
    });

    test('gives back what does not finish in time', async () => {
      orchestrator.orders.push(anOrder());
      const running = await begin((_, { signal }) => untilAborted(signal), { drainMs: 50 });
      await expect.poll(() => rendered.length).toBe(1);
      await running.stop();
      const failure = { class: 'infrastructure', message: 'the worker was stopped' };
      expect(await outcome()).toEqual({ fence: 7, failure });
    });

    test('says what it has, for an order may be on its way that it will never see', async () => {
      orchestrator.orders.push(anOrder());
      const running = await begin(
        async (request, context) => {
          await delay(100);
          await paints(request, context);
        },
        { slots: 2, workerId: 'gpu 1/a' },
      );
      await expect.poll(() => orchestrator.leaseRequests.length).toBe(2);
      await running.stop();
      const [{ session } = {}] = orchestrator.leaseRequests;
      expect(orchestrator.leaves).toEqual([{ session, held: [{ jobId: 'req_1', fence: 7 }] }]);
      expect(orchestrator.requests.map(({ url }) => url)).toContain(
        '/worker/v1/workers/gpu%201%2Fa/leave',
      );
      expect(orchestrator.outcomes).toHaveLength(1);
    });

    test('ends as well when the orchestrator does not know how to take leave', async () => {
      orchestrator.onLeave = () => errorAnswer(404, 'not_found');
      const running = await begin();
      await expect.poll(() => orchestrator.leaseRequests.length).toBe(1);
      await running.stop();
      expect(orchestrator.leaves).toEqual([{ session: expect.any(String), held: [] }]);
    });

    test('ends at once while it waits for work', async () => {
      const running = await begin();
      await expect.poll(() => orchestrator.leaseRequests.length).toBe(1);
      const startedAt = performance.now();
      await running.stop();
      expect(performance.now() - startedAt).toBeLessThan(1_000);
    });
  });

  test('needs a provider and a slot', async () => {
    await expect(begin(paints, { providers: new Map() })).rejects.toThrow(RangeError);
    await expect(begin(paints, { slots: 0 })).rejects.toThrow(RangeError);
  });
});
