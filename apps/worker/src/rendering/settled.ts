import { setTimeout } from 'node:timers/promises';

/**
 * The outcome of work that was asked to stop by `signal`: it gets `graceMs` to do so. After that it is left to
 * itself, so that a provider that hangs does not keep its slot for ever.
 * @throws the reason of the signal when it was aborted, else what the work threw
 */
export async function settled(
  work: Promise<void>,
  signal: AbortSignal,
  graceMs: number,
): Promise<void> {
  const over = new AbortController();
  const done = work.finally(() => over.abort());
  done.catch(() => undefined);
  const stopped = new Promise<void>((resolve) => {
    if (signal.aborted) resolve();
    signal.addEventListener('abort', () => resolve(), { once: true, signal: over.signal });
  });
  try {
    await Promise.race([done, stopped]);
    if (signal.aborted) {
      const grace = setTimeout(graceMs, undefined, { signal: over.signal });
      await Promise.race([done, grace]);
    }
  } catch (error) {
    if (!signal.aborted) throw error;
  }
  signal.throwIfAborted();
}
