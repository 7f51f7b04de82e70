import { derivedId, type RenderRequest, uuidOfId } from '@imprest/application';

/**
 * The id that a run is submitted under: a UUID in canonical lower case, the only spelling that ComfyUI takes. The same
 * for the same job, attempt and run, so that a run whose answer was lost can be asked for.
 * @param run from 0
 */
export function runId({ jobId, attempt }: RenderRequest, run: number): string {
  return uuidOfId(derivedId('run', jobId, String(attempt), String(run)));
}
