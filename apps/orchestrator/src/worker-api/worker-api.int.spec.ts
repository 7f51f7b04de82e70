import { hash, randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { Agent, request as httpRequest } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { PreviewReader, WorkerControl, type WorkOrder } from '@imprest/application';
import { loadConfig, type RunningProcess, runProcess } from '@imprest/platform';
import { readXmp } from '@imprest/provenance-marking';
import { blankPng, TenantRequests } from '@imprest/testkit';
import { createTestDatabase, type TestDatabase } from '@imprest/testkit/postgres';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { OrchestratorModule } from '../orchestrator.module.js';

const MODEL = 'xSD4.5';
const workerKey = `imp_worker_${randomBytes(32).toString('hex')}`;
const image = blankPng(2560, 1440);

interface Answer {
  readonly status: number;
  // biome-ignore lint/suspicious/noExplicitAny: whatever JSON came.
  readonly body: any;
}

/** A worker with nothing but an HTTP client. */
class BareWorker {
  constructor(
    private readonly base: string,
    private readonly key: string | null = workerKey,
  ) {}

  async send(
    method: string,
    path: string,
    body: string | Uint8Array,
    contentType = 'application/json',
    signal?: AbortSignal,
  ): Promise<Answer> {
    const headers: Record<string, string> = { 'content-type': contentType };
    if (this.key !== null) headers.authorization = `Bearer ${this.key}`;
    const url = `${this.base}/worker/v1${path}`;
    const response = await fetch(url, { method, headers, body, signal });
    const text = await response.text();
    return { status: response.status, body: text === '' ? undefined : JSON.parse(text) };
  }

  ask(overrides: object = {}, signal?: AbortSignal): Promise<Answer> {
    const body = { workerId: 'gpu-1', slots: 4, waitSeconds: 0, ...overrides };
    return this.send('POST', '/leases', JSON.stringify(body), undefined, signal);
  }

  /** Waits for one order. */
  async order(overrides: object = {}): Promise<WorkOrder> {
    const { status, body } = await this.ask({ slots: 1, waitSeconds: 20, ...overrides });
    expect(status).toBe(200);
    return body.leases[0];
  }

  heartbeat({ jobId, fence }: WorkOrder, progress?: number): Promise<Answer> {
    return this.send('POST', `/leases/${jobId}/heartbeat`, JSON.stringify({ fence, progress }));
  }

  upload({ jobId, fence }: WorkOrder, index: number, bytes = image, type = 'image/png') {
    return this.send('PUT', `/leases/${jobId}/outputs/${index}?fence=${fence}`, bytes, type);
  }

  preview({ jobId, fence }: WorkOrder, bytes: Uint8Array, query = '', index = 0) {
    const path = `/leases/${jobId}/previews/${index}?fence=${fence}${query}`;
    return this.send('PUT', path, bytes, 'image/png');
  }

  outcome({ jobId, fence }: WorkOrder, result: object): Promise<Answer> {
    return this.send('POST', `/leases/${jobId}/outcome`, JSON.stringify({ fence, ...result }));
  }

  register(workerId: string, more: object = {}): Promise<Answer> {
    const body = { session: 'first', slots: 2, ...more };
    return this.send('PUT', `/workers/${encodeURIComponent(workerId)}`, JSON.stringify(body));
  }

  beat(workerId: string, more: object = {}): Promise<Answer> {
    const path = `/workers/${encodeURIComponent(workerId)}/heartbeat`;
    return this.send('POST', path, JSON.stringify({ session: 'first', held: [], ...more }));
  }

  leave(workerId: string, claim: object): Promise<Answer> {
    const path = `/workers/${encodeURIComponent(workerId)}/leave`;
    return this.send('POST', path, JSON.stringify(claim));
  }

  async render(order: WorkOrder): Promise<Answer> {
    const receipts: string[] = [];
    for (let index = 0; index < order.images; index += 1) {
      receipts.push((await this.upload(order, index)).body.receipt);
    }
    return this.outcome(order, { receipts });
  }
}

describe('the orchestrator', () => {
  let database: TestDatabase;
  let directory: string;
  let process: RunningProcess;
  let worker: BareWorker;
  let tenant: TenantRequests;

  const start = () =>
    runProcess(
      loadConfig({
        DATABASE_URL: database.url,
        IMPREST_DATA_DIR: directory,
        IMPREST_WORKER_KEY: workerKey,
        PORT: '0',
        LEASE_SECONDS: '3',
        LOG_LEVEL: 'silent',
      }),
      [OrchestratorModule],
    );
  const status = async (id: string) => (await tenant.generation(id)).status;
  const ended = (id: string, as: string) =>
    expect.poll(() => status(id), { timeout: 10_000, interval: 20 }).toBe(as);
  const settled = () =>
    expect
      .poll(async () => (await tenant.balance()).held, { timeout: 10_000, interval: 20 })
      .toBe(0n);

  beforeAll(async () => {
    database = await createTestDatabase();
    directory = await mkdtemp(join(tmpdir(), 'imprest-orchestrator-'));
    process = await start();
    worker = new BareWorker(process.url);
    const { eventStore: store, runner, dataKeys, clock } = process.infrastructure;
    tenant = new TenantRequests({ store, runner, dataKeys, clock, model: MODEL });
    await tenant.openAccount();
  });
  afterAll(async () => {
    await process?.stop();
    await database?.drop();
    await rm(directory, { recursive: true, force: true });
  });

  test('leads a hold to its settlement', async () => {
    const before = await tenant.balance();
    const waiting = worker.order();
    const id = await tenant.request({ images: 2 });
    const order = await waiting;
    expect(order).toMatchObject({ jobId: id, provider: 'simulator', images: 2, leaseSeconds: 3 });
    expect(await worker.heartbeat(order, 0.5)).toEqual({
      status: 200,
      body: { cancelled: false, lost: false },
    });
    await ended(id, 'processing');
    expect(await worker.render(order)).toEqual({ status: 200, body: { status: 'succeeded' } });
    await ended(id, 'succeeded');
    await settled();
    expect(await tenant.balance()).toEqual({ available: before.available - 20n, held: 0n });
    const [stored] = (await tenant.generation(id)).images;
    const { bytes = Buffer.of() } =
      (await process.infrastructure.assets.read(stored?.assetId ?? '')) ?? {};
    expect(stored).toMatchObject({ bytes: bytes.length, sha256: hash('sha256', bytes) });
    expect(stored).toMatchObject({
      marks: ['xmp', 'c2pa'],
      thumbnail: { width: 512, height: 288 },
    });
    expect(readXmp(bytes, 'image/png')).toContain('trainedAlgorithmicMedia');
    expect(Buffer.from(bytes).includes('c2pa.claim')).toBe(true);
  });

  test('takes a preview for whoever watches, in whichever process, and lets it go with the attempt', async () => {
    const { previews, dataKeys } = process.infrastructure;
    const id = await tenant.request();
    const order = await worker.order();
    expect(order.previews).toBe(true);
    const small = blankPng(320, 180);
    const unseen = { status: 200, body: { taken: false, pauseMs: 2_000 } };
    expect(await worker.preview(order, small)).toEqual(unseen);
    await previews.watch([id], 30_000);
    expect(await worker.preview(order, small, '&step=3&of=20')).toEqual({
      status: 200,
      body: { taken: true, pauseMs: 1_000 },
    });
    expect(await worker.preview(order, small)).toEqual(unseen);
    const seen = () => new PreviewReader(previews, dataKeys).since(new Map([[id, 0]]));
    const [preview] = await seen();
    expect(preview).toMatchObject({ index: 0, step: 3, steps: 20, width: 320, height: 180 });
    expect(readXmp(preview?.bytes ?? Buffer.of(), 'image/webp')).toContain(
      'trainedAlgorithmicMedia',
    );
    expect((await worker.preview({ ...order, fence: order.fence - 1 }, small)).status).toBe(409);
    await worker.render(order);
    await expect.poll(async () => (await seen()).length, { timeout: 10_000 }).toBe(0);
    await settled();
  });

  test('answers 204 when there is no work', async () => {
    expect(await worker.ask({ waitSeconds: 0.1 })).toEqual({ status: 204, body: undefined });
  });

  test('lets a silent worker lose its job, refuses its late result and charges once', async () => {
    const before = await tenant.balance();
    const id = await tenant.request();
    const first = await worker.order({ workerId: 'silent' });
    const { receipt } = (await worker.upload(first, 0)).body;
    const second = await worker.order({ workerId: 'brisk' });
    expect(second).toMatchObject({ jobId: id, attempt: 2 });
    expect((await worker.heartbeat(first)).body).toEqual({ cancelled: false, lost: true });
    const late = await worker.outcome(first, { receipts: [receipt] });
    expect(late).toMatchObject({ status: 409, body: { error: { reason: 'lease_lost' } } });
    expect((await worker.upload(first, 0)).status).toBe(409);
    expect((await worker.render(second)).status).toBe(200);
    await ended(id, 'succeeded');
    await settled();
    expect(await tenant.balance()).toEqual({ available: before.available - 10n, held: 0n });
  });

  test('gives the next worker what one that leaves has never had, long before its lease runs out', async () => {
    const gone = { workerId: 'gpu 1/a', session: 'first' };
    const waiting = worker.ask({ ...gone, waitSeconds: 20 });
    const id = await tenant.request();
    const { body } = await waiting;
    expect((await worker.leave('gpu 1/a', { session: 'first', held: [] })).status).toBe(204);
    const second = await worker.order({ waitSeconds: 0 });
    expect(second).toMatchObject({ jobId: id, attempt: body.leases[0].attempt + 1 });
    expect((await worker.render(second)).status).toBe(200);
    await settled();
  });

  test('knows workers that register and beat, and gives a cordoned one no work', async () => {
    const residency = [{ provider: 'simulator', model: 'procedural-scene', at: 'loaded' }];
    const labels = { zone: 'a' };
    expect(await worker.beat('gpu 2/b')).toEqual({ status: 200, body: { state: 'unknown' } });
    expect(await worker.register('gpu 2/b', { residency, labels, version: '1.0' })).toEqual({
      status: 200,
      body: { state: 'active', heartbeatSeconds: 10 },
    });
    const { workerRegistry, runner } = process.infrastructure;
    const control = new WorkerControl(runner, workerRegistry);
    expect(await control.list()).toEqual([
      expect.objectContaining({ id: 'gpu 2/b', state: 'active', slots: 2, labels, residency }),
    ]);
    const actor = { kind: 'operator', id: 'ada' } as const;
    const context = { correlationId: 'req_1', causationId: 'req_1', actor };
    await control.decide('gpu 2/b', 'cordon', 'noisy', context);
    const beats = [worker.beat('gpu 2/b'), worker.beat('gpu 2/b', { session: 'other' })];
    expect((await Promise.all(beats)).map(({ body }) => body.state)).toEqual([
      'cordoned',
      'replaced',
    ]);

    const id = await tenant.request();
    const cordoned = { workerId: 'gpu 2/b', session: 'first', waitSeconds: 1.5 };
    expect((await worker.ask(cordoned)).status).toBe(204);
    const order = await worker.order();
    expect(order.jobId).toBe(id);
    const failure = { class: 'model', message: 'out of memory' };
    const usage = { gpuMs: 900, loadMs: 400 };
    expect((await worker.outcome(order, { failure, usage })).status).toBe(200);
    expect((await worker.render(await worker.order())).status).toBe(200);
    await worker.leave('gpu 2/b', { session: 'first', held: [] });
    expect((await control.list())[0]).toMatchObject({ state: 'gone' });
    const metrics = await process.infrastructure.metrics.scrape();
    expect(metrics).toContain(`imprest_model_loads_total{model="${MODEL}"} 1`);
    expect(metrics).toContain('imprest_workers{state="gone"} 1');
    await settled();
  });

  test('tells a worker that its job was cancelled, and releases the hold', async () => {
    const before = await tenant.balance();
    const id = await tenant.request();
    const order = await worker.order();
    await tenant.cancel(id);
    await settled();
    expect(await tenant.balance()).toEqual(before);
    const cancelled = { cancelled: true, lost: false };
    await expect.poll(async () => (await worker.heartbeat(order)).body).toEqual(cancelled);
    const late = await worker.outcome(order, { receipts: [] });
    expect(late).toMatchObject({ status: 409, body: { error: { reason: 'cancelled' } } });
  });

  test('fails a generation for the reason the worker gives', async () => {
    const id = await tenant.request();
    const failure = { class: 'user', message: 'image_1 is larger than 10 MB' };
    expect(await worker.outcome(await worker.order(), { failure })).toEqual({
      status: 200,
      body: { status: 'failed' },
    });
    await ended(id, 'failed');
    expect((await tenant.generation(id)).error).toMatchObject({
      code: 'validation_error',
      message: 'image_1 is larger than 10 MB',
    });
    await settled();
  });

  test('takes the receipt of one process for an outcome at another', async () => {
    const other = await start();
    try {
      const id = await tenant.request();
      const order = await worker.order();
      const { receipt } = (await worker.upload(order, 0)).body;
      const elsewhere = new BareWorker(other.url);
      expect((await elsewhere.outcome(order, { receipts: [receipt] })).status).toBe(200);
      await ended(id, 'succeeded');
      await settled();
    } finally {
      await other.stop();
    }
  });

  test('gives a job to the next worker when the one that waited for it has gone', async () => {
    const gone = new AbortController();
    const waiting = worker.ask({ workerId: 'impatient', waitSeconds: 20 }, gone.signal);
    await delay(100);
    gone.abort();
    await expect(waiting).rejects.toThrow();
    await delay(100);
    await tenant.request();
    const order = await worker.order();
    expect(order.attempt).toBe(1);
    await worker.render(order);
    await settled();
  });

  describe('refuses', () => {
    test.each([
      ['no key', null],
      ['another key', `${workerKey.slice(0, -1)}x`],
    ])('whoever comes with %s, on every route', async (_, key) => {
      const stranger = new BareWorker(process.url, key);
      const order = { jobId: 'req_1', fence: 1 } as WorkOrder;
      const answers = await Promise.all([
        stranger.ask(),
        stranger.heartbeat(order),
        stranger.upload(order, 0),
        stranger.outcome(order, {}),
      ]);
      for (const answer of answers) {
        expect(answer).toMatchObject({ status: 401, body: { error: { code: 'unauthorized' } } });
      }
    });

    test.each([
      [{ slots: 0 }, 'slots'],
      [{ slots: 65 }, 'slots'],
      [{ slots: '4' }, 'slots'],
      [{ waitSeconds: 31 }, 'waitSeconds'],
      [{ workerId: '' }, 'workerId'],
      [{ workerId: undefined }, 'workerId'],
      [{ providers: ['sculptor'] }, 'providers'],
    ])('a request for work with %j', async (overrides, field) => {
      expect(await worker.ask(overrides)).toMatchObject({
        status: 400,
        body: { error: { code: 'validation_error', field } },
      });
    });

    test('what is no outcome', async () => {
      const order = { jobId: 'req_1', fence: 1 } as WorkOrder;
      const failure = { class: 'cancelled', message: 'no' };
      expect((await worker.outcome(order, { failure })).status).toBe(400);
      expect((await worker.outcome(order, { lost: [-1] })).status).toBe(400);
      expect((await worker.outcome(order, { receipts: ['x'.repeat(5_000)] })).status).toBe(400);
    });

    test.each(['../../healthz', 'a%00b', `${'x'.repeat(65)}`, 'a%20b'])(
      'the job id %s',
      async (id) => {
        const answer = await worker.heartbeat({ jobId: id, fence: 1 } as WorkOrder);
        expect([400, 404]).toContain(answer.status);
      },
    );

    test('a forged receipt', async () => {
      await tenant.request();
      const order = await worker.order();
      const { receipt } = (await worker.upload(order, 0)).body;
      const forged = `${receipt.slice(0, -1)}${receipt.endsWith('A') ? 'B' : 'A'}`;
      expect(await worker.outcome(order, { receipts: [forged] })).toMatchObject({
        status: 400,
        body: { error: { field: 'receipts[0]' } },
      });
      await worker.outcome(order, { receipts: [receipt] });
      await settled();
    });

    test('images that are none, or not what was ordered', async () => {
      await tenant.request();
      const order = await worker.order();
      const small = await worker.upload(order, 0, blankPng(64, 64));
      expect(small).toMatchObject({ status: 400, body: { error: { code: 'validation_error' } } });
      expect((await worker.upload(order, 1)).status).toBe(400);
      expect((await worker.upload(order, 0, Buffer.from('GIF89a'))).status).toBe(400);
      expect((await worker.upload(order, 0, image, 'image/gif')).status).toBe(415);
      const json = await worker.upload(order, 0, Buffer.from('{}'), 'application/json');
      expect(json).toMatchObject({
        status: 415,
        body: { error: { code: 'unsupported_media_type' } },
      });
      await worker.render(order);
      await settled();
    });

    test('previews that are none', async () => {
      const id = await tenant.request();
      const order = await worker.order();
      await process.infrastructure.previews.watch([id], 30_000);
      const small = blankPng(64, 64);
      for (const query of ['&step=3', '&of=20', '&step=21&of=20', '&step=a&of=20']) {
        expect((await worker.preview(order, small, query)).status).toBe(400);
      }
      expect((await worker.preview(order, small, '', 1)).status).toBe(400);
      expect((await worker.preview(order, Buffer.alloc(257 * 1_024))).status).toBe(413);
      expect((await worker.preview(order, blankPng(1_024, 576))).status).toBe(400);
      await worker.render(order);
      await settled();
    });

    test('images on any other route', async () => {
      const answer = await worker.send('POST', '/leases', image, 'image/png');
      expect(answer.status).toBe(415);
    });

    test('an image of more than 64 MiB before it is sent', async () => {
      const path = '/worker/v1/leases/req_1/outputs/0?fence=1';
      const headers = {
        authorization: `Bearer ${workerKey}`,
        'content-type': 'image/png',
        'content-length': 64 * 1024 * 1024 + 1,
      };
      const answered = await new Promise<number | undefined>((resolve, reject) => {
        const request = httpRequest(process.url + path, { method: 'PUT', headers }, (response) => {
          resolve(response.statusCode);
          request.destroy();
        });
        request.on('error', reject);
        request.flushHeaders();
      });
      expect(answered).toBe(413);
    });
  });

  test('shows attempts and queue in its metrics', async () => {
    const text = await (await fetch(`${process.url}/metrics`)).text();
    const ended = (outcome: string) =>
      Number(
        new RegExp(`imprest_job_attempts_total\\{outcome="${outcome}"\\} (\\d+)`).exec(text)?.[1],
      );
    expect(ended('succeeded')).toBeGreaterThan(3);
    expect(ended('expired')).toBeGreaterThan(0);
    expect(ended('late')).toBeGreaterThan(0);
    expect(ended('user')).toBeGreaterThan(0);
    expect(ended('cancelled')).toBeGreaterThan(0);
  });

  test('ends although a worker waits for work', async () => {
    const ending = await start();
    const waiting = new BareWorker(ending.url).ask({ waitSeconds: 30 });
    await delay(200);
    const startedAt = performance.now();
    await ending.stop();
    expect(performance.now() - startedAt).toBeLessThan(5_000);
    expect((await waiting).status).toBe(204);
  });

  test('ends once an upload under way is answered, although its client keeps the connection', async () => {
    const ending = await start();
    const agent = new Agent({ keepAlive: true });
    const headers = {
      authorization: `Bearer ${workerKey}`,
      'content-type': 'image/png',
      'content-length': 8,
    };
    const url = `${ending.url}/worker/v1/leases/req_1/outputs/0?fence=1`;
    const answered = new Promise<number | undefined>((resolve, reject) => {
      const request = httpRequest(url, { method: 'PUT', headers, agent }, (response) => {
        response.resume();
        resolve(response.statusCode);
      });
      request.on('error', reject);
      request.write('half');
      setTimeout(() => request.end('full'), 400);
    });
    await delay(200);
    const startedAt = performance.now();
    await ending.stop();
    expect(await answered).toBe(409);
    expect(performance.now() - startedAt).toBeLessThan(5_000);
    agent.destroy();
  });
});
