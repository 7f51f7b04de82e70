import { DomainFailure, type JobLeases, MOST_PREVIEW_BYTES } from '@imprest/application';
import { validationError } from '@imprest/domain';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import {
  type ImageRequest,
  imageOf,
  takeImages,
  wholeNumber,
  workerImageRoute,
} from './image-bodies.js';

const MEDIA_TYPES = ['image/png', 'image/jpeg', 'image/webp'];
const MOST_STEPS = 100_000;

interface Steps {
  readonly step: number | null;
  readonly steps: number | null;
}

/** Told together or not at all. */
function stepsOf({ step, of }: ImageRequest['Querystring']): Steps {
  if (step === undefined && of === undefined) return { step: null, steps: null };
  const told = { step: wholeNumber('step', step), steps: wholeNumber('of', of) };
  if (told.step <= told.steps && told.steps <= MOST_STEPS) return told;
  const rule = `must be at most \`of\`, and that ${MOST_STEPS} at most`;
  throw new DomainFailure(validationError('step', rule));
}

/** `PUT /worker/v1/leases/:jobId/previews/:index?fence=&step=&of=`: a look at what is not finished. */
export function previewRoute(leases: Pick<JobLeases, 'preview'>) {
  return async (scope: FastifyInstance): Promise<void> => {
    takeImages(scope, MEDIA_TYPES, MOST_PREVIEW_BYTES);
    scope.put<ImageRequest>(
      '/worker/v1/leases/:jobId/previews/:index',
      workerImageRoute,
      async ({ params, query, body }: FastifyRequest<ImageRequest>) => {
        const index = wholeNumber('index', params.index);
        const fence = wholeNumber('fence', query.fence);
        const preview = { index, ...stepsOf(query), bytes: imageOf(body, MEDIA_TYPES) };
        return leases.preview({ id: params.jobId, fence }, preview);
      },
    );
  };
}
