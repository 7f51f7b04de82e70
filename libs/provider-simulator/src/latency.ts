import { setTimeout as wait } from 'node:timers/promises';
import { ProviderError } from '@imprest/application';

/** Waits as if a model were at work. @throws ProviderError when told to stop */
export async function latency(ms: number, signal: AbortSignal): Promise<void> {
  try {
    if (ms > 0) await wait(ms, undefined, { signal });
  } catch (cause) {
    throw new ProviderError('cancelled', 'the rendering was cancelled', { cause });
  }
}
