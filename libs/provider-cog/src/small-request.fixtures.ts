import type { RenderRequest } from '@imprest/application';

export const smallRequest: RenderRequest = {
  jobId: 'job_1',
  attempt: 1,
  model: 'default',
  prompt: 'a lighthouse on a rocky coast at dawn',
  seed: 20,
  width: 64,
  height: 48,
  images: 1,
  sequential: false,
  guidanceScale: 7.5,
  watermark: false,
  mediaType: 'image/png',
  references: [],
};
