import { ProviderError } from '@imprest/application';
import type { ComfyuiApi, Submission } from '../protocol/comfyui-api.js';

/** Its answer was lost or is no answer: the run may be in the queue. */
const mayBeSubmitted = (error: unknown): boolean =>
  error instanceof ProviderError && ['unknown', 'timeout'].includes(error.failureClass);

/**
 * Submits a run once, whatever becomes of the answer: a run that may be at the server is looked for before it is sent again.
 * It is never given up half-way, for a submission that overtakes its own cancellation would run for nobody.
 * @returns the id that the server follows it under
 * @throws ProviderError; `unknown` when the server does not answer any more
 */
export async function submitOnce(api: ComfyuiApi, submission: Submission): Promise<string> {
  const { signal } = new AbortController();
  try {
    return await api.submit(submission, signal);
  } catch (error) {
    if (!mayBeSubmitted(error)) throw error;
    try {
      const { state } = await api.stateOf(submission.id, signal);
      return state === 'absent' ? await api.submit(submission, signal) : submission.id;
    } catch (cause) {
      const message = `nothing is known of a submitted run: ${(error as Error).message}`;
      throw new ProviderError('unknown', message, { cause });
    }
  }
}
