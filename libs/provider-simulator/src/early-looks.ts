import type { PreviewTaker } from '@imprest/application';
import { latency } from './latency.js';
import type { ImageTask } from './rendering/image-task.js';
import type { RenderPool } from './threads/render-pool.js';

/** Longest side of the last look, in pixels. */
const SIDE = 384;
/** Part of it that the first look has. */
const COARSEST = 0.2;
const LEAST_SIDE = 16;
const STEPS = 20;
const LEAST_STEP_MS = 250;

/**
 * What pictures are going to look like: small paintings of the same scene, finer with each step of a wait. Painted only
 * when one would be taken, in milliseconds, on the thread that the picture itself will have.
 */
export class EarlyLooks {
  constructor(
    private readonly pool: Pick<RenderPool, 'render'>,
    private readonly taker: PreviewTaker | undefined,
    private readonly signal: AbortSignal,
  ) {}

  /** Waits as if a model were at work on the picture, step by step. @throws ProviderError when told to stop */
  async pause(totalMs: number, task: ImageTask, index: number): Promise<void> {
    const startMs = performance.now();
    const steps = this.taker ? Math.ceil(Math.min(STEPS, totalMs / LEAST_STEP_MS)) : 1;
    for (let step = 1; step <= steps; step += 1) {
      await latency(startMs + (totalMs * step) / steps - performance.now(), this.signal);
      if (step < steps) await this.show(task, index, { step, of: steps });
    }
  }

  /** Never throws: nobody fails for want of a look. */
  async show(task: ImageTask, index: number, at?: { step: number; of: number }): Promise<void> {
    if (!this.taker?.isOpen) return;
    const fineness = at === undefined ? 1 : COARSEST + (1 - COARSEST) * (at.step / at.of);
    try {
      const bytes = await this.pool.render(smaller(task, SIDE * fineness), this.signal, () => {});
      this.taker.take({ index, bytes, mediaType: 'image/webp', ...(at && { at }) });
    } catch {
      // Whatever it was, the picture itself will say so.
    }
  }
}

/** The same scene in small. References are left out: they may be far larger than the look. */
function smaller(task: ImageTask, side: number): ImageTask {
  const scale = Math.min(1, side / Math.max(task.width, task.height));
  const scaled = (pixels: number) => Math.max(LEAST_SIDE, Math.round(pixels * scale));
  const [width, height] = [scaled(task.width), scaled(task.height)];
  return { ...task, width, height, mediaType: 'image/webp', references: [] };
}
