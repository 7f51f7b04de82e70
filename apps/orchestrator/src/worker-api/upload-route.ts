import type { JobLeases } from '@imprest/application';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import {
  type ImageRequest,
  imageOf,
  takeImages,
  wholeNumber,
  workerImageRoute,
} from './image-bodies.js';

export const MAX_IMAGE_BYTES = 64 * 1024 * 1024;

const MEDIA_TYPES = ['image/png', 'image/jpeg', 'image/webp', 'video/mp4'];

/** `PUT /worker/v1/leases/:jobId/outputs/:index?fence=`: what was made. */
export function uploadRoute(leases: Pick<JobLeases, 'output'>) {
  return async (scope: FastifyInstance): Promise<void> => {
    takeImages(scope, MEDIA_TYPES, MAX_IMAGE_BYTES);
    scope.put<ImageRequest>(
      '/worker/v1/leases/:jobId/outputs/:index',
      workerImageRoute,
      async ({ params, query, body }: FastifyRequest<ImageRequest>) => {
        const index = wholeNumber('index', params.index);
        const fence = wholeNumber('fence', query.fence);
        const bytes = imageOf(body, MEDIA_TYPES);
        return { receipt: await leases.output({ id: params.jobId, fence }, index, bytes) };
      },
    );
  };
}
