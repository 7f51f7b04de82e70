import { DomainFailure } from '@imprest/application';
import { validationError } from '@imprest/domain';
import type { FastifyRequest } from 'fastify';

const IDEMPOTENCY_KEY = /^[\x21-\x7e]{1,255}$/;
const HOST = /^[A-Za-z0-9.-]+(:\d{1,5})?$|^\[[0-9A-Fa-f:.]+\](:\d{1,5})?$/;
const LONGEST_WAIT_SECONDS = 60;

/** @throws DomainFailure validation_error */
export function idempotencyKey(request: FastifyRequest): string | null {
  const value = request.headers['idempotency-key'];
  if (value === undefined) return null;
  if (typeof value === 'string' && IDEMPOTENCY_KEY.test(value)) return value;
  const rule = 'must be 1 to 255 printable ASCII characters without spaces';
  throw new DomainFailure(validationError('Idempotency-Key', rule));
}

/** Seconds of `Prefer: wait=N` (RFC 7240), at most a minute; 0 without the preference. */
export function preferredWaitSeconds(request: FastifyRequest): number {
  const { prefer } = request.headers;
  const value = Array.isArray(prefer) ? prefer.join(',') : prefer;
  if (value === undefined) return 0;
  const match = /(?:^|[,;\s])wait\s*=\s*"?(\d{1,9})"?\s*(?:$|[,;])/i.exec(value);
  return match === null ? 0 : Math.min(Number(match[1]), LONGEST_WAIT_SECONDS);
}

/** Base of absolute URLs: the configured one, else where the request was sent to. @throws DomainFailure */
export function baseUrl(request: FastifyRequest, publicUrl: string | undefined): string {
  if (publicUrl !== undefined) return publicUrl;
  const { host } = request.headers;
  if (host === undefined || !HOST.test(host)) {
    throw new DomainFailure(validationError('Host', 'must be a host name with an optional port'));
  }
  const protocol = request.protocol === 'https' ? 'https' : 'http';
  return `${protocol}://${host}`;
}
