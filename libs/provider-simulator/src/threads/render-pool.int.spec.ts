import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ImageTask } from '../rendering/image-task.js';
import { smallRequest } from '../small-request.fixtures.js';
import { RenderPool } from './render-pool.js';

/** Does what the prompt says: die in three ways, wait until cancelled, or answer with its thread's number. */
const OBEDIENT_WORKER = `
import { parentPort, threadId } from 'node:worker_threads';
parentPort.on('message', async ({ task, cancelled }) => {
  if (task.prompt === 'throw') setImmediate(() => { throw new Error('out of paint'); });
  else if (task.prompt === 'exit') process.exit(3);
  else if (task.prompt === 'memory') { const hoard = []; for (;;) hoard.push(new Array(1e5).fill(0.5)); }
  else if (task.prompt === 'wait') {
    const flag = new Int32Array(cancelled);
    while (Atomics.load(flag, 0) === 0) await new Promise((resolve) => setTimeout(resolve, 2));
    parentPort.postMessage({ kind: 'failed', failureClass: 'cancelled', message: 'stopped' });
  } else parentPort.postMessage({ kind: 'done', bytes: Uint8Array.of(threadId) });
});
`;

const taskOf = (prompt: string): ImageTask => ({
  ...smallRequest,
  prompt,
  frame: 0,
  references: [],
});
const live = () => new AbortController().signal;

describe('the pool of rendering threads', () => {
  let folder: string;
  let worker: URL;
  const pools: RenderPool[] = [];
  const poolOf = (threads: number) => {
    const pool = new RenderPool(threads, worker);
    pools.push(pool);
    return pool;
  };
  const run = (pool: RenderPool, prompt: string, signal = live()) =>
    pool.render(taskOf(prompt), signal, () => {});

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'render-pool-'));
    await writeFile(join(folder, 'worker.mjs'), OBEDIENT_WORKER);
    worker = pathToFileURL(join(folder, 'worker.mjs'));
  });
  afterAll(async () => {
    await Promise.all(pools.map((pool) => pool.close()));
    await rm(folder, { recursive: true });
  });

  it('keeps its threads from one image to the next', async () => {
    const pool = poolOf(1);

    expect(await run(pool, 'a')).toEqual(await run(pool, 'b'));
  });

  it.each([
    ['throw', 'the rendering thread stopped: out of paint'],
    ['exit', 'the rendering thread stopped: exit code 3'],
    ['memory', 'memory limit'],
  ])('fails the image of a thread that dies (%s) and heals', async (death, message) => {
    const pool = poolOf(1);
    const [, victim, next] = await Promise.allSettled([
      run(pool, 'a'),
      run(pool, death),
      run(pool, 'b'),
    ]);

    expect(victim).toMatchObject({
      status: 'rejected',
      reason: { failureClass: 'infrastructure', message: expect.stringContaining(message) },
    });
    expect(next?.status).toBe('fulfilled');
  });

  it('says so when there is no worker to start', async () => {
    const pool = new RenderPool(1, new URL('missing.mjs', worker));
    pools.push(pool);

    await expect(run(pool, 'a')).rejects.toMatchObject({ failureClass: 'infrastructure' });
  });

  it('uses all its threads and no more', async () => {
    const pool = poolOf(2);
    const abort = new AbortController();
    const held = run(pool, 'wait', abort.signal).catch(() => undefined);

    const threads = await Promise.all([run(pool, 'a'), run(pool, 'b'), run(pool, 'c')]);
    abort.abort();
    await held;

    expect(new Set(threads.map(([id]) => id)).size).toBe(1);
  });

  it('lets go of a cancelled image at once, waiting or under way, and frees its thread', async () => {
    const pool = poolOf(1);
    const [first, second] = [new AbortController(), new AbortController()];
    const underWay = run(pool, 'wait', first.signal);
    const waiting = run(pool, 'throw', second.signal);
    second.abort();
    first.abort();

    await expect(underWay).rejects.toMatchObject({ failureClass: 'cancelled' });
    await expect(waiting).rejects.toMatchObject({ failureClass: 'cancelled' });
    await expect(run(pool, 'a')).resolves.toHaveLength(1);
  });
});
