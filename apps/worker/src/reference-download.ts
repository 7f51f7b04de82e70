import { isStoredId, ProviderError, type ReferenceImage } from '@imprest/application';
import {
  type DownloadedFile,
  type OutgoingHttp,
  OutgoingRequestError,
  type OutgoingRequestErrorCode,
} from '@imprest/outgoing-http';
import { sniffImage } from '@imprest/provenance-marking';
import { isKind, OrchestratorError } from './orchestrator/orchestrator-error.js';

export const MAX_REFERENCES = 10;
export const MAX_REFERENCE_BYTES = 10 * 1024 * 1024;
export const MAX_REFERENCE_PIXELS = 40_000_000;

/** For one reference, redirects included. */
const TIMEOUT_MS = 30_000;
const CONCURRENCY = 3;
const HEADERS = { accept: 'image/png, image/jpeg, image/webp', 'user-agent': 'Imprest' };

/** The caller chose the URL; whether the network carries us there is our affair. */
const FAILURE_CLASS = {
  forbidden_target: 'user',
  too_large: 'user',
  protocol: 'user',
  tls: 'user',
  timeout: 'infrastructure',
  connection_failed: 'infrastructure',
  aborted: 'cancelled',
} as const satisfies Record<OutgoingRequestErrorCode, 'user' | 'infrastructure' | 'cancelled'>;

/** 4xx that ask to come back later. */
const TEMPORARY_STATUSES = new Set([408, 425, 429]);

/** Bytes of a reference that was uploaded, by its place in the order. */
export type UploadedReference = (index: number, signal: AbortSignal) => Promise<Uint8Array>;

/**
 * The images at the URLs, and those that were uploaded, in their order. The bytes decide what an image is, never its name or the
 * type its server declares. The first failure stops the rest.
 * @throws ProviderError `user` for what the caller must change, `infrastructure` for what may pass,
 * `cancelled` when the signal was aborted; the message begins with the reference's name in the prompt
 */
export async function downloadReferences(
  http: Pick<OutgoingHttp, 'download'>,
  urls: readonly string[],
  signal: AbortSignal,
  uploaded: UploadedReference = () => Promise.reject(new Error('there are no uploads here')),
): Promise<readonly ReferenceImage[]> {
  if (urls.length > MAX_REFERENCES) {
    throw new ProviderError('user', `references must be at most ${MAX_REFERENCES}`);
  }
  const stop = new AbortController();
  const eitherSignal = AbortSignal.any([signal, stop.signal]);
  const waiting = urls.entries();
  const images: ReferenceImage[] = [];
  const takeOneAfterAnother = async () => {
    for (const [index, url] of waiting) {
      const name = `image_${index + 1}`;
      images[index] = isStoredId(url)
        ? await uploadedReference(name, () => uploaded(index, eitherSignal))
        : await downloadReference(http, name, url, eitherSignal);
    }
  };
  try {
    await Promise.all(Array.from({ length: CONCURRENCY }, takeOneAfterAnother));
    return images;
  } finally {
    stop.abort();
  }
}

async function uploadedReference(
  name: string,
  read: () => Promise<Uint8Array>,
): Promise<ReferenceImage> {
  try {
    return toImage(name, { status: 200, bytes: await read() });
  } catch (error) {
    if (!(error instanceof OrchestratorError)) throw error;
    const failureClass = isKind(error, 'refused') ? 'user' : 'infrastructure';
    const message = `${name} could not be fetched: ${error.message}`;
    throw new ProviderError(failureClass, message, { cause: error });
  }
}

async function downloadReference(
  http: Pick<OutgoingHttp, 'download'>,
  name: string,
  url: string,
  signal: AbortSignal,
): Promise<ReferenceImage> {
  const limits = { maxBytes: MAX_REFERENCE_BYTES, timeoutMs: TIMEOUT_MS };
  try {
    return toImage(name, await http.download({ url, headers: HEADERS, ...limits, signal }));
  } catch (error) {
    if (!(error instanceof OutgoingRequestError)) throw error;
    throw new ProviderError(FAILURE_CLASS[error.code], `${name}${ruleOf(error)}`, { cause: error });
  }
}

function ruleOf({ code, message }: OutgoingRequestError): string {
  return code === 'too_large' ? ' is larger than 10 MB' : ` could not be downloaded: ${message}`;
}

function toImage(
  name: string,
  { status, bytes }: Pick<DownloadedFile, 'status' | 'bytes'>,
): ReferenceImage {
  if (status < 200 || status > 299) {
    const mayPass = status >= 500 || TEMPORARY_STATUSES.has(status);
    throw new ProviderError(
      mayPass ? 'infrastructure' : 'user',
      `${name} could not be downloaded: its server answered ${status}`,
    );
  }
  const image = sniffImage(bytes);
  if (!image) throw new ProviderError('user', `${name} is not a still PNG, JPEG or WebP image`);
  if (image.width * image.height > MAX_REFERENCE_PIXELS) {
    throw new ProviderError('user', `${name} has more than ${MAX_REFERENCE_PIXELS} pixels`);
  }
  return { bytes, ...image };
}
