import {
  type ClipRequest,
  deadline,
  ProviderError,
  pause,
  type RenderContext,
  type RenderRequest,
} from '@imprest/application';
import { Handover } from '@imprest/provider-http';
import { type ClipService, content, create, forget, look } from './video-calls.js';
import type { VideoJob } from './video-job.js';

/** Looks at a job that fail one after the other until it is given up. */
const MOST_LOST_LOOKS = 3;

/**
 * A clip: the server is given a job, looked after until it is done, and asked to forget it, in any case: a job that nobody
 * waits for would keep a GPU.
 */
export async function makeClip(
  service: ClipService,
  request: RenderRequest,
  clip: ClipRequest,
  context: RenderContext,
): Promise<void> {
  if (!service.flavour.makesClips) throw new ProviderError('model', 'its server makes no clips');
  const handover = new Handover(request, context);
  const { signal, end } = deadline(service.workMs, context.signal);
  let job: VideoJob | undefined;
  try {
    job = await begun(service, request, clip, signal);
    await finished(service, job, handover, signal);
    await handover.add(await content(service, job, signal));
  } catch (error) {
    throw signal.aborted && !context.signal.aborted ? tooLate(service.workMs, error) : error;
  } finally {
    end();
    if (job !== undefined) await forget(service, job);
  }
  handover.end();
}

const tooLate = (workMs: number, cause: unknown) =>
  new ProviderError('timeout', `no clip within ${workMs / 1_000} seconds`, { cause });

/** A request that is given up halfway may have begun a clip: its answer is waited for by itself, to have it deleted. */
function begun(
  service: ClipService,
  request: RenderRequest,
  clip: ClipRequest,
  signal: AbortSignal,
): Promise<VideoJob> {
  const limit = deadline(service.workMs);
  const creation = create(service, request, clip, limit.signal).finally(() => limit.end());
  return new Promise((resolve, reject) => {
    const giveUp = () => {
      reject(new ProviderError('cancelled', 'the rendering was cancelled'));
      creation.then(
        (job) => forget(service, job),
        () => undefined,
      );
    };
    signal.addEventListener('abort', giveUp, { once: true });
    const settled = () => signal.removeEventListener('abort', giveUp);
    creation.then(resolve, reject).finally(settled);
  });
}

async function finished(
  service: ClipService,
  job: VideoJob,
  handover: Handover,
  signal: AbortSignal,
): Promise<void> {
  let lost = 0;
  for (let seen = job; seen.status !== 'completed'; ) {
    if (seen.status === 'failed') throw seen.failure;
    handover.progress(seen.progress);
    await pause(service.pollMs, signal);
    try {
      seen = await look(service, job.id, signal);
      lost = 0;
    } catch (error) {
      lost += 1;
      if (signal.aborted || lost === MOST_LOST_LOOKS) throw error;
    }
  }
}
