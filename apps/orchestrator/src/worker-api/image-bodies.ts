import { DomainFailure } from '@imprest/application';
import { domainError, validationError } from '@imprest/domain';
import type { FastifyInstance } from 'fastify';
import { JOB_ID } from './requests.js';

const WHOLE_NUMBER = /^(0|[1-9][0-9]{0,15})$/;

export interface ImageRequest {
  readonly Params: { readonly jobId: string; readonly index: string };
  readonly Querystring: Readonly<Record<string, string | readonly string[] | undefined>>;
  readonly Body: unknown;
}

/** A number of the path or the query. @throws DomainFailure validation_error */
export function wholeNumber(field: string, text: unknown): number {
  if (typeof text === 'string' && WHOLE_NUMBER.test(text)) return Number(text);
  throw new DomainFailure(validationError(field, 'must be a whole number'));
}

/** The file that a route of such a scope was sent. @throws DomainFailure unsupported_media_type */
export function imageOf(body: unknown, mediaTypes: readonly string[]): Buffer {
  if (Buffer.isBuffer(body)) return body;
  throw notAnImage(mediaTypes);
}

function notAnImage(mediaTypes: readonly string[]): DomainFailure {
  const message = `send the file itself as ${mediaTypes.join(', ')}`;
  return new DomainFailure(domainError('unsupported_media_type', message));
}

/**
 * Makes routes of the scope take files of these types, and nothing else. They stand apart from the controllers because
 * Fastify scopes parsers by plugin: no other route reads an image, or megabytes of anything.
 */
export function takeImages(
  scope: FastifyInstance,
  mediaTypes: readonly string[],
  bodyLimit: number,
): void {
  scope.removeAllContentTypeParsers();
  scope.addContentTypeParser(
    [...mediaTypes],
    { parseAs: 'buffer', bodyLimit },
    (_request, body, done) => done(null, body),
  );
  scope.addContentTypeParser('*', (_request, _body, done) => done(notAnImage(mediaTypes)));
}

/** Of a worker, about one of its jobs. */
export const workerImageRoute = {
  config: { access: { kind: 'worker' } },
  schema: { params: { type: 'object', properties: { jobId: JOB_ID } } },
} as const;
