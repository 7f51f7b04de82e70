import { Backoff } from './backoff.js';
import { isKind } from './orchestrator-error.js';

/**
 * Tries until the orchestrator answers, for better or worse, or until the signal is aborted. Only for calls
 * that are safe to repeat. @throws OrchestratorError
 */
export async function untilAnswered<T>(call: () => Promise<T>, signal: AbortSignal): Promise<T> {
  const backoff = new Backoff();
  for (;;) {
    try {
      return await call();
    } catch (error) {
      if (!isKind(error, 'unavailable') || signal.aborted) throw error;
      await backoff.pause(signal);
      if (signal.aborted) throw error;
    }
  }
}
