import { idOfUuid } from '@imprest/application';
import { type DialectDriver, keyed, nothingToPrepare, type Progress } from './dialect-driver.js';

const progress: Readonly<Record<string, Progress>> = {
  processing: 'working',
  completed: 'succeeded',
};

export const uncensored: DialectDriver = {
  name: 'uncensored',
  price: 5,
  refusals: {
    insufficientTokens: { status: 402, code: 'insufficient_balance' },
    otherBody: { status: 409, code: 'conflict' },
    moderated: { status: 403, code: 'content_policy' },
    tooMany: { status: 429, code: 'rate_limited' },
    notFound: { status: 404, code: 'not_found' },
    noKey: { status: 401, code: 'unauthorized' },
    noScope: { status: 403, code: 'forbidden' },
  },
  prepare: nothingToPrepare,
  submit: (client, request) => {
    const body = { prompt: request.prompt, image_width: 256, image_height: 256 };
    return client.post('/api/v1/images/generations', body, keyed(request));
  },
  idOf: ({ body }) => body.job_id,
  poll: (client, id) => client.get(`/api/v1/images/generation/jobs/${id}`),
  progressOf: ({ body }) => progress[body.status] ?? 'failed',
  urlsOf: ({ body }) => [body.image_url],
  nativeId: (id) => idOfUuid('req', id) ?? id,
};
