import { ProviderError, type RenderContext, type RenderRequest } from '@imprest/application';
import {
  filesInJson,
  Handover,
  type JsonPath,
  type PictureSize,
  type ProviderHttp,
  refusal,
  sizeInMultiples,
} from '@imprest/provider-http';
import { formBody, jsonBody } from '../call.js';
import type { Flavour, RequestFields } from '../flavours.js';

export interface ImageService {
  readonly http: ProviderHttp;
  readonly flavour: Flavour;
  readonly imagesPerCall: number;
  readonly sizeMultiple: number;
  readonly guidance: 'request' | 'server';
  readonly extras: RequestFields;
  readonly mostFileBytes: number;
}

/** A server that says everything twice is heard out; one that goes on is not. */
const MOST_FILES_PER_IMAGE = 3;

const isImage = ([list, , field]: JsonPath) => list === 'data' && field === 'b64_json';

/**
 * Images in as many calls as the server's limit asks for, one after the other, so that each is handed over as it is made
 * and a cancellation stops the rest. The next call takes up the seeds where the last one ended.
 */
export async function makeImages(
  service: ImageService,
  request: RenderRequest,
  context: RenderContext,
): Promise<void> {
  const made = sizeInMultiples(request, service.sizeMultiple);
  const handover = new Handover(request, context, made);
  const { images } = request;
  for (let first = 0; first < images && !handover.isComplete; first += service.imagesPerCall) {
    const count = Math.min(service.imagesPerCall, images - first);
    await makeSome(service, { request, made, first, count }, handover, context.signal);
  }
  handover.end();
}

interface Portion {
  readonly request: RenderRequest;
  readonly made: PictureSize;
  readonly first: number;
  readonly count: number;
}

async function makeSome(
  service: ImageService,
  portion: Portion,
  handover: Handover,
  signal: AbortSignal,
): Promise<void> {
  const answer = await service.http.send({
    ...callOf(service, portion),
    method: 'POST',
    submits: true,
    signal,
  });
  if (!answer.isSuccess) throw await refusal(answer);
  const { mostFileBytes } = service;
  const mostFiles = portion.count * MOST_FILES_PER_IMAGE;
  const files = filesInJson(answer, { isFile: isImage, mostFileBytes, mostFiles });
  let next = await files.next();
  for (; !next.done; next = await files.next()) await handover.add(next.value.bytes);
  checkList(next.value, answer.where);
}

function callOf(service: ImageService, { request, made, first, count }: Portion) {
  const { flavour, guidance, extras } = service;
  const isEdit = request.references.length > 0;
  const wish = { request, seed: request.seed + first, guidance, isEdit };
  const fields = {
    model: request.model,
    prompt: flavour.prompt(wish),
    n: count,
    size: `${made.width}x${made.height}`,
    ...flavour.fields(wish),
    ...extras,
  };
  return isEdit
    ? { path: '/v1/images/edits', ...formBody(fields, 'image[]', request.references) }
    : { path: '/v1/images/generations', ...jsonBody(fields) };
}

/** @throws ProviderError for an answer of another form, or one that leads elsewhere instead of having files */
function checkList(rest: unknown, where: string): void {
  const data = (rest as { readonly data?: unknown } | null)?.data;
  const fault = (what: string) => new ProviderError('infrastructure', `${where}: ${what}`);
  if (!Array.isArray(data)) throw fault('the answer has no data');
  if (data.some((item) => item?.b64_json === undefined && typeof item?.url === 'string')) {
    throw fault('the answer has links where files were asked for');
  }
}
