import {
  type ClipRequest,
  deadline,
  ProviderError,
  pause,
  type RenderContext,
  type RenderRequest,
} from '@imprest/application';
import { Handover, type ProviderHttp, refusal } from '@imprest/provider-http';
import { formBody } from '../call.js';
import type { Flavour, RequestFields } from '../flavours.js';
import { type VideoJob, videoJob } from './video-job.js';

export interface ClipService {
  readonly http: ProviderHttp;
  readonly flavour: Flavour;
  readonly guidance: 'request' | 'server';
  readonly extras: RequestFields;
  readonly mostFileBytes: number;
  readonly pollMs: number;
  /** For the whole clip, waiting in the server's queue included. */
  readonly workMs: number;
}

const PATH = '/v1/videos';
/** Looks at a job that fail one after the other until it is given up. */
const MOST_LOST_LOOKS = 3;
const CLEAN_UP_MS = 5_000;

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
    job = await create(service, request, clip, signal);
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

async function create(
  service: ClipService,
  request: RenderRequest,
  clip: ClipRequest,
  signal: AbortSignal,
): Promise<VideoJob> {
  const { flavour, guidance, extras } = service;
  const wish = { request, seed: request.seed, guidance, isEdit: request.references.length > 0 };
  const fields = {
    model: request.model,
    prompt: flavour.prompt(wish),
    size: `${request.width}x${request.height}`,
    seconds: clip.durationSeconds,
    ...flavour.clipFields(wish),
    ...extras,
  };
  const body = formBody(fields, 'input_reference', request.references.slice(0, 1));
  const answer = await service.http.send({
    ...{ ...body, method: 'POST', path: PATH, submits: true, signal },
  });
  if (!answer.isSuccess) throw await refusal(answer);
  return videoJob(await answer.json(), answer.where);
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

/** Some servers tell of single jobs, some of all of them only. */
async function look(service: ClipService, id: string, signal: AbortSignal): Promise<VideoJob> {
  const answer = await get(service, `${PATH}/${encodeURIComponent(id)}`, signal);
  if (answer.isSuccess) return videoJob(await answer.json(), answer.where);
  if (answer.status !== 404 && answer.status !== 405) throw await refusal(answer);
  await answer.discard();
  const all = await get(service, PATH, signal);
  if (!all.isSuccess) throw await refusal(all);
  const { data } = ((await all.json()) ?? {}) as { readonly data?: unknown };
  const found = (Array.isArray(data) ? data : []).find((each) => each?.id === id);
  if (found !== undefined) return videoJob(found, all.where);
  throw new ProviderError('infrastructure', `${all.where}: the server has lost the clip`);
}

async function content(service: ClipService, job: VideoJob, signal: AbortSignal) {
  const answer = await get(service, `${PATH}/${encodeURIComponent(job.id)}/content`, signal);
  if (!answer.isSuccess) throw await refusal(answer);
  return answer.bytes(service.mostFileBytes);
}

const get = ({ http }: ClipService, path: string, signal: AbortSignal) =>
  http.send({ method: 'GET', path, signal });

/** Best effort: a server that does not know how keeps the clip for as long as it keeps clips. */
async function forget({ http }: ClipService, { id }: VideoJob): Promise<void> {
  const { signal, end } = deadline(CLEAN_UP_MS);
  try {
    const path = `${PATH}/${encodeURIComponent(id)}`;
    const answer = await http.send({ method: 'DELETE', path, signal });
    await answer.discard();
  } catch {
    // Nothing depends on it.
  } finally {
    end();
  }
}
