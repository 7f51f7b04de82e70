import { parentPort } from 'node:worker_threads';
import { renderClip } from '../motion/render-clip.js';
import { BadReference, type RenderControl } from '../rendering/image-task.js';
import { renderImage } from '../rendering/render-image.js';
import type { RenderOrder, RenderReport, RenderTask } from './messages.js';

/** Least growth of progress worth a message. */
const STEP = 0.04;

class Cancelled extends Error {
  override readonly name = 'Cancelled';
}

if (!parentPort) throw new Error('render-worker runs as a worker thread only');
const port = parentPort;

port.on('message', async ({ task, cancelled }: RenderOrder) => {
  const flag = new Int32Array(cancelled);
  let reported = 0;
  const report = (message: RenderReport, transfer: ArrayBuffer[] = []) =>
    port.postMessage(message, transfer);
  try {
    const bytes = await renderTask(task, {
      checkpoint() {
        if (Atomics.load(flag, 0) !== 0) throw new Cancelled('the image is no longer wanted');
      },
      onProgress(fraction) {
        if (fraction - reported < STEP) return;
        reported = fraction;
        report({ kind: 'progress', fraction });
      },
    });
    report({ kind: 'done', bytes }, [bytes.buffer]);
  } catch (error) {
    report({ kind: 'failed', failureClass: classOf(error), message: messageOf(error) });
  }
});

/** References arrive in shared memory, which native code may not hold. */
function renderTask(task: RenderTask, control: RenderControl): Promise<Uint8Array<ArrayBuffer>> {
  if ('kind' in task) return renderClip({ ...task, source: new Uint8Array(task.source) }, control);
  const references = task.references.map((bytes) => new Uint8Array(bytes));
  return renderImage({ ...task, references }, control);
}

function classOf(error: unknown): 'user' | 'model' | 'cancelled' {
  if (error instanceof Cancelled) return 'cancelled';
  return error instanceof BadReference ? 'user' : 'model';
}

const messageOf = (error: unknown): string =>
  error instanceof Error ? error.message : String(error);
