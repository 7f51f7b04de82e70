import type { RenderRequest } from '@imprest/application';

export const smallRequest: RenderRequest = {
  jobId: 'job-1',
  attempt: 1,
  model: 'model-a',
  prompt: 'sunset over a mountain lake',
  seed: 42,
  width: 160,
  height: 120,
  images: 1,
  sequential: false,
  guidanceScale: 7.5,
  watermark: false,
  mediaType: 'image/png',
  references: [],
};
