import { type DialectDriver, keyed, type Progress } from './dialect-driver.js';

const progress: Readonly<Record<string, Progress>> = { completed: 'succeeded', failed: 'failed' };

const mira = { model_id: 'realistic-sharp', name: 'Mira', traits: { age: 34, hair: 'auburn' } };

export const xavira: DialectDriver = {
  name: 'xavira',
  price: 10,
  refusals: {
    insufficientTokens: { status: 402, code: 'insufficient_credits' },
    otherBody: { status: 409, code: 'conflict' },
    moderated: { status: 422, code: 'moderation_blocked' },
    tooMany: { status: 429, code: 'rate_limited' },
    notFound: { status: 404, code: 'not_found' },
    noKey: { status: 401, code: 'unauthorized' },
    noScope: { status: 403, code: 'forbidden' },
  },
  prepare: async (client) => (await client.post('/v1/characters', mira)).body.character_id,
  submit: (client, request, character_id) => {
    const body = { character_id, prompt: request.prompt, resolution: '256x256' };
    return client.post('/v1/images:generate', body, keyed(request));
  },
  idOf: ({ body }) => body.generation_id,
  poll: (client, id) => client.get(`/v1/generations/${id}?dialect=xavira`),
  progressOf: ({ body }) => progress[body.status] ?? 'working',
  urlsOf: ({ body }) => [body.output_url],
  nativeId: (id) => id,
};
