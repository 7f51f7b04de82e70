import { DomainFailure, type JobLeases } from '@imprest/application';
import { domainError, validationError } from '@imprest/domain';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { JOB_ID } from './requests.js';

export const MAX_IMAGE_BYTES = 64 * 1024 * 1024;

const MEDIA_TYPES = ['image/png', 'image/jpeg', 'image/webp', 'video/mp4'];
const WHOLE_NUMBER = /^(0|[1-9][0-9]{0,15})$/;

interface UploadRequest {
  readonly Params: { readonly jobId: string; readonly index: string };
  readonly Querystring: { readonly fence?: string | readonly string[] };
}

function wholeNumber(field: string, text: unknown): number {
  if (typeof text === 'string' && WHOLE_NUMBER.test(text)) return Number(text);
  throw new DomainFailure(validationError(field, 'must be a whole number'));
}

function notAnImage(): DomainFailure {
  const message = `send the image or clip itself as ${MEDIA_TYPES.join(', ')}`;
  return new DomainFailure(domainError('unsupported_media_type', message));
}

/**
 * `PUT /worker/v1/leases/:jobId/outputs/:index?fence=`, the one route that takes images. It stands apart from
 * the controllers because Fastify scopes parsers by plugin: no other route reads an image, or 64 MiB of anything.
 */
export function uploadRoute(leases: JobLeases) {
  return async (scope: FastifyInstance): Promise<void> => {
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser(
      MEDIA_TYPES,
      { parseAs: 'buffer', bodyLimit: MAX_IMAGE_BYTES },
      (_request, body, done) => done(null, body),
    );
    scope.addContentTypeParser('*', (_request, _body, done) => done(notAnImage()));
    scope.put<UploadRequest>(
      '/worker/v1/leases/:jobId/outputs/:index',
      {
        config: { access: { kind: 'worker' } },
        schema: { params: { type: 'object', properties: { jobId: JOB_ID } } },
      },
      async (request: FastifyRequest<UploadRequest>) => {
        const { params, query, body } = request;
        const index = wholeNumber('index', params.index);
        const fence = wholeNumber('fence', query.fence);
        if (!Buffer.isBuffer(body)) throw notAnImage();
        return { receipt: await leases.output({ id: params.jobId, fence }, index, body) };
      },
    );
  };
}
