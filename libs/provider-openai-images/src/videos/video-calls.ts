import {
  type ClipRequest,
  deadline,
  ProviderError,
  type RenderRequest,
} from '@imprest/application';
import { type ProviderHttp, refusal } from '@imprest/provider-http';
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
const CLEAN_UP_MS = 5_000;

export async function create(
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

/** Some servers tell of single jobs, some of all of them only. */
export async function look(
  service: ClipService,
  id: string,
  signal: AbortSignal,
): Promise<VideoJob> {
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

export async function content(service: ClipService, job: VideoJob, signal: AbortSignal) {
  const answer = await get(service, `${PATH}/${encodeURIComponent(job.id)}/content`, signal);
  if (!answer.isSuccess) throw await refusal(answer);
  return answer.bytes(service.mostFileBytes);
}

const get = ({ http }: ClipService, path: string, signal: AbortSignal) =>
  http.send({ method: 'GET', path, signal });

/** Best effort: a server that does not know how keeps the clip for as long as it keeps clips. */
export async function forget({ http }: ClipService, { id }: VideoJob): Promise<void> {
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
