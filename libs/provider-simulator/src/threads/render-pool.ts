import { Worker } from 'node:worker_threads';
import { ProviderError } from '@imprest/application';
import type { RenderOrder, RenderReport, RenderTask } from './messages.js';

interface Job {
  readonly task: RenderTask;
  readonly cancelled: SharedArrayBuffer;
  readonly onProgress: (fraction: number) => void;
  readonly resolve: (bytes: Uint8Array) => void;
  readonly reject: (error: unknown) => void;
}

interface Slot {
  worker: Worker | undefined;
  job: Job | undefined;
}

/** Beyond it a worker's own heap means a leak; pictures lie outside of it. */
const HEAP_MB = 256;

/** The compiled worker, also when this file runs from source, as it does in tests. */
export const RENDER_WORKER = import.meta.url.endsWith('.ts')
  ? new URL('../../dist/threads/render-worker.js', import.meta.url)
  : new URL('./render-worker.js', import.meta.url);

/** Renders on worker threads, one image or clip each at a time; the rest waits in order. */
export class RenderPool {
  private readonly slots: Slot[];
  private readonly waiting: Job[] = [];
  private closed = false;

  constructor(
    threads: number,
    private readonly workerUrl: URL = RENDER_WORKER,
  ) {
    this.slots = Array.from({ length: threads }, () => ({ worker: undefined, job: undefined }));
  }

  /**
   * The encoded image or clip. Settles at once when aborted; the thread follows within a few milliseconds of
   * painting, or when it has finished encoding. @throws ProviderError
   */
  render(
    task: RenderTask,
    signal: AbortSignal,
    onProgress: (fraction: number) => void,
  ): Promise<Uint8Array> {
    if (this.closed) throw new ProviderError('infrastructure', 'the simulator is closed');
    if (signal.aborted) throw cancelledError();
    return new Promise((resolve, reject) => {
      const cancelled = new SharedArrayBuffer(4);
      const stop = () => {
        Atomics.store(new Int32Array(cancelled), 0, 1);
        const index = this.waiting.indexOf(job);
        if (index >= 0) this.waiting.splice(index, 1);
        reject(cancelledError());
      };
      const settled = () => signal.removeEventListener('abort', stop);
      const job: Job = {
        task,
        cancelled,
        onProgress,
        resolve: (bytes) => {
          settled();
          resolve(bytes);
        },
        reject: (error) => {
          settled();
          reject(error);
        },
      };
      signal.addEventListener('abort', stop, { once: true });
      this.waiting.push(job);
      this.dispatch();
    });
  }

  /** Stops all threads; what was under way or waiting fails. Safe to repeat. */
  async close(): Promise<void> {
    this.closed = true;
    const error = new ProviderError('infrastructure', 'the simulator was closed');
    for (const job of this.waiting.splice(0)) job.reject(error);
    await Promise.all(
      this.slots.map(async (slot) => {
        slot.job?.reject(error);
        await slot.worker?.terminate();
      }),
    );
  }

  private dispatch(): void {
    for (const slot of this.slots) {
      if (slot.job) continue;
      const job = this.waiting.shift();
      if (!job) return;
      slot.job = job;
      slot.worker ??= this.start(slot);
      slot.worker.ref();
      const order: RenderOrder = { task: job.task, cancelled: job.cancelled };
      slot.worker.postMessage(order);
    }
  }

  /** A thread that dies takes its image with it; the next image gets a new thread. */
  private start(slot: Slot): Worker {
    let cause: unknown;
    const worker = new Worker(this.workerUrl, {
      name: 'imprest-simulator',
      execArgv: [],
      env: {},
      resourceLimits: { maxOldGenerationSizeMb: HEAP_MB },
    });
    worker.on('message', (report: RenderReport) => this.receive(slot, report));
    worker.on('error', (error) => {
      cause = error;
    });
    worker.on('exit', (code) => {
      slot.worker = undefined;
      const job = slot.job;
      slot.job = undefined;
      const reason = cause instanceof Error ? cause.message : `exit code ${code}`;
      job?.reject(
        new ProviderError('infrastructure', `the rendering thread stopped: ${reason}`, { cause }),
      );
      if (!this.closed) this.dispatch();
    });
    return worker;
  }

  private receive(slot: Slot, report: RenderReport): void {
    const { job } = slot;
    if (!job) return;
    if (report.kind === 'progress') {
      job.onProgress(report.fraction);
      return;
    }
    slot.job = undefined;
    slot.worker?.unref();
    if (report.kind === 'done') job.resolve(report.bytes);
    else job.reject(new ProviderError(report.failureClass, report.message));
    this.dispatch();
  }
}

const cancelledError = () => new ProviderError('cancelled', 'the rendering was cancelled');
