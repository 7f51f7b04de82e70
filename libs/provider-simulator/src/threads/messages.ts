import type { ClipTask } from '../motion/clip-task.js';
import type { ImageTask } from '../rendering/image-task.js';

export type RenderTask = ImageTask | ClipTask;

/** To a worker thread. One at a time. */
export interface RenderOrder {
  readonly task: RenderTask;
  /** One 32-bit integer: not zero when the image is no longer wanted. */
  readonly cancelled: SharedArrayBuffer;
}

/** From a worker thread, about the order it holds. */
export type RenderReport =
  | { readonly kind: 'progress'; readonly fraction: number }
  | { readonly kind: 'done'; readonly bytes: Uint8Array }
  | {
      readonly kind: 'failed';
      readonly failureClass: 'user' | 'model' | 'cancelled';
      readonly message: string;
    };
