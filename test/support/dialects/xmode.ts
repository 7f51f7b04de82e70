import { type DialectDriver, keyed, nothingToPrepare, type Progress } from './dialect-driver.js';

const progress: Readonly<Record<string, Progress>> = {
  queued: 'working',
  processing: 'working',
  succeeded: 'succeeded',
};

export const xmode: DialectDriver = {
  name: 'xmode',
  price: 10,
  refusals: {
    insufficientTokens: { status: 402, code: 'insufficient_balance' },
    otherBody: { status: 409, code: 'conflict' },
    moderated: { status: 422, code: 'content_policy' },
    tooMany: { status: 429, code: 'rate_limited' },
    notFound: { status: 404, code: 'not_found' },
    noKey: { status: 401, code: 'unauthorized' },
    noScope: { status: 403, code: 'forbidden' },
  },
  prepare: nothingToPrepare,
  submit: (client, request) => {
    const { prompt } = request;
    const body = { endUserEmail: 'ada@example.com', prompt, size: '1900x1900' };
    return client.post('/v1/generations', body, keyed(request));
  },
  idOf: ({ body }) => body.requestId,
  poll: (client, id) => client.get(`/v1/generations/${id}`),
  progressOf: ({ body }) => progress[body.status] ?? 'failed',
  urlsOf: ({ body }) => body.images.map(({ url }: { url: string }) => url),
  nativeId: (id) => id,
};
