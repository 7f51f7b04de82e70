import { type DialectDriver, keyed, nothingToPrepare, type Progress } from './dialect-driver.js';

const progress: Readonly<Record<string, Progress>> = { success: 'succeeded', failed: 'failed' };

export const xenodia: DialectDriver = {
  name: 'xenodia',
  price: 10,
  refusals: {
    insufficientTokens: { status: 402, code: 'insufficient_balance' },
    otherBody: { status: 409, code: 'conflict' },
    moderated: { status: 422, code: 'content_policy_violation' },
    tooMany: { status: 429, code: 'rate_limit_exceeded' },
    notFound: { status: 404, code: 'not_found' },
    noKey: { status: 401, code: 'invalid_api_key' },
    noScope: { status: 403, code: 'forbidden' },
  },
  prepare: nothingToPrepare,
  submit: (client, request) => {
    const body = { prompt: request.prompt, size: '256x256', async: true };
    return client.post('/v1/images/generations', body, keyed(request));
  },
  idOf: ({ body }) => body.task_id,
  poll: (client, id) => client.get(`/v1/tasks/${id}`),
  progressOf: ({ body }) => progress[body.state] ?? 'working',
  urlsOf: ({ body }) => body.data.map(({ url }: { url: string }) => url),
  nativeId: (id) => id.replace('task_', 'req_'),
};
