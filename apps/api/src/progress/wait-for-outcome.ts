import type { FastifyReply } from 'fastify';
import type { GenerationFeed } from './generation-feed.js';

const TERMINAL = new Set(['GenerationSucceeded', 'GenerationFailed', 'GenerationCancelled']);

export function isTerminalEvent(type: string): boolean {
  return TERMINAL.has(type);
}

/** True when the generation ended within `seconds`. A caller that hangs up stops the waiting, not the work. */
export async function waitForOutcome(
  feed: GenerationFeed,
  generationId: string,
  seconds: number,
  reply: FastifyReply,
): Promise<boolean> {
  let stop = () => {};
  let timer: NodeJS.Timeout | undefined;
  try {
    return await new Promise<boolean>((resolve, reject) => {
      timer = setTimeout(() => resolve(false), seconds * 1000);
      reply.raw.once('close', () => resolve(false));
      const listener = ({ type }: { readonly type: string }) => {
        if (isTerminalEvent(type)) resolve(true);
      };
      feed.watch(generationId, listener).then((unsubscribe) => {
        stop = unsubscribe;
        if (reply.raw.destroyed) stop();
      }, reject);
    });
  } finally {
    clearTimeout(timer);
    stop();
  }
}
