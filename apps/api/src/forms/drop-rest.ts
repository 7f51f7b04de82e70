import type { Readable } from 'node:stream';

const MOST_BYTES = 64 * 1024 * 1024;
const LONGEST_MS = 5_000;

/**
 * Reads what is left of a body that was refused, and drops it. The connection is closed with the answer, and
 * whoever still sends by then does not see it. Ends early when too much comes, or too slowly.
 */
export async function dropRest(payload: Readable): Promise<void> {
  if (payload.readableEnded || payload.destroyed) return;
  await new Promise<void>((resolve) => {
    let left = MOST_BYTES;
    const end = () => {
      clearTimeout(timer);
      payload.pause();
      resolve();
    };
    const timer = setTimeout(end, LONGEST_MS);
    payload.on('data', (chunk: Buffer) => {
      left -= chunk.length;
      if (left < 0) end();
    });
    for (const over of ['end', 'close', 'error']) payload.once(over, end);
    payload.resume();
  });
}
