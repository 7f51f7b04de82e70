import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { GenerationProvider, RenderContext, RenderRequest } from '@imprest/application';
import { OrchestratorModule } from '@imprest/orchestrator';
import { loadConfig, type RunningProcess, runProcess } from '@imprest/platform';
import { readXmp } from '@imprest/provenance-marking';
import { blankPng, TenantRequests } from '@imprest/testkit';
import { createTestDatabase, type TestDatabase } from '@imprest/testkit/postgres';
import { type RunningWorker, startWorker } from '@imprest/worker';
import { pino } from 'pino';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';

type Render = (request: RenderRequest, context: RenderContext) => Promise<void>;

const workerKey = randomBytes(32).toString('hex');

const paints: Render = async ({ images, width, height }, { onImage }) => {
  for (let index = 0; index < images; index += 1) {
    const bytes = blankPng(width, height);
    await onImage({ index, bytes, mediaType: 'image/png', width, height });
  }
};

/** Paints when it is let. */
function heldBack(): { render: Render; begun: Promise<void>; letGo(): void } {
  let letGo = () => {};
  let begin = () => {};
  const free = new Promise<void>((resolve) => {
    letGo = resolve;
  });
  const begun = new Promise<void>((resolve) => {
    begin = resolve;
  });
  const render: Render = async (request, context) => {
    begin();
    const aborted = new Promise<never>((_, reject) => {
      context.signal.addEventListener('abort', () => reject(context.signal.reason));
    });
    await Promise.race([free, aborted]);
    await paints(request, context);
  };
  return { render, begun, letGo };
}

describe('worker and orchestrator', () => {
  let database: TestDatabase;
  let directory: string;
  let orchestrator: RunningProcess;
  let tenant: TenantRequests;
  const workers: RunningWorker[] = [];

  const startOrchestrator = (port: string) =>
    runProcess(
      loadConfig({
        DATABASE_URL: database.url,
        IMPREST_DATA_DIR: directory,
        IMPREST_WORKER_KEY: workerKey,
        PORT: port,
        LEASE_SECONDS: '3',
        LOG_LEVEL: 'silent',
      }),
      [OrchestratorModule],
    );
  const askAsTenant = () => {
    const { eventStore: store, runner, dataKeys, clock } = orchestrator.infrastructure;
    return new TenantRequests({ store, runner, dataKeys, clock, model: 'xSD4.5' });
  };
  async function work(render: Render, workerId = 'gpu-1'): Promise<RunningWorker> {
    const provider: GenerationProvider = { name: 'simulator', render, close: async () => {} };
    const worker = await startWorker({
      orchestratorUrl: orchestrator.url,
      workerKey,
      workerId,
      slots: 2,
      providers: new Map([['simulator', provider]]),
      referenceHttp: { download: () => Promise.reject(new Error('no references here')) },
      logger: pino({ level: 'silent' }),
      drainMs: 0,
    });
    workers.push(worker);
    return worker;
  }
  const ended = (id: string, status: string) =>
    expect
      .poll(async () => (await tenant.generation(id)).status, { timeout: 20_000, interval: 20 })
      .toBe(status);
  const settled = () =>
    expect.poll(async () => (await tenant.balance()).held, { timeout: 5_000 }).toBe(0n);

  beforeAll(async () => {
    database = await createTestDatabase();
    directory = await mkdtemp(join(tmpdir(), 'imprest-worker-'));
    orchestrator = await startOrchestrator('0');
    tenant = askAsTenant();
    await tenant.openAccount();
  });
  afterEach(async () => {
    await Promise.all(workers.splice(0).map((worker) => worker.stop()));
  });
  afterAll(async () => {
    await orchestrator?.stop();
    await database?.drop();
    await rm(directory, { recursive: true, force: true });
  });

  test('make of a hold what was paid for, marked as made by an AI', async () => {
    const { available } = await tenant.balance();
    await work(paints);
    const id = await tenant.request({ images: 3 });
    await ended(id, 'succeeded');
    await settled();
    expect(await tenant.balance()).toEqual({ available: available - 30n, held: 0n });

    const { images } = await tenant.generation(id);
    expect(images.map(({ index }) => index)).toEqual([0, 1, 2]);
    const asset = await orchestrator.infrastructure.assets.open(images[0]?.assetId ?? '');
    const chunks: Uint8Array[] = [];
    for await (const chunk of asset.read()) chunks.push(chunk);
    expect(readXmp(Buffer.concat(chunks), 'image/png')).toContain('trainedAlgorithmicMedia');
  });

  test('keep up with many requests on two slots', async () => {
    await work(paints);
    const ids = await Promise.all(Array.from({ length: 20 }, () => tenant.request()));
    for (const id of ids) await ended(id, 'succeeded');
    await settled();
  });

  test('stop work that was cancelled, and give everything back', async () => {
    const before = await tenant.balance();
    const held = heldBack();
    await work(held.render);
    const id = await tenant.request();
    await held.begun;
    await tenant.cancel(id);
    await ended(id, 'cancelled');
    await settled();
    expect(await tenant.balance()).toEqual(before);
  });

  test('have another worker do what a stopped one gave back', async () => {
    const held = heldBack();
    const first = await work(held.render, 'leaving');
    const id = await tenant.request();
    await held.begun;
    await first.stop();
    await work(paints, 'staying');
    await ended(id, 'succeeded');
    await settled();
    expect(await tenant.history('job', id)).toEqual([
      'JobQueued',
      'JobLeased',
      'JobAttemptFailed',
      'JobLeased',
      'JobSucceeded',
    ]);
  });

  test('go on after the orchestrator was away for less than a lease', async () => {
    const held = heldBack();
    await work(held.render);
    const id = await tenant.request();
    await held.begun;
    const { port } = new URL(orchestrator.url);
    await orchestrator.stop();
    orchestrator = await startOrchestrator(port);
    tenant = askAsTenant();
    held.letGo();
    await ended(id, 'succeeded');
    await settled();
    expect(await tenant.job(id)).toMatchObject({ status: 'succeeded', attempt: 1 });
  });
});
