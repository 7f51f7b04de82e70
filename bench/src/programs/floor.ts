import { randomUUID } from 'node:crypto';
import Fastify from 'fastify';
import { serve } from '../harness/serve.js';
import { RowBatcher } from './row-batcher.js';

const body = {
  type: 'object',
  required: ['endUserEmail', 'prompt'],
  properties: {
    endUserEmail: { type: 'string', format: 'email', maxLength: 254 },
    prompt: { type: 'string', minLength: 1, maxLength: 8_000 },
    model: { type: 'string', maxLength: 64 },
    size: { type: 'string', maxLength: 16 },
    aspectRatio: { enum: ['auto', 'square', 'landscape', 'portrait'] },
    n: { type: 'integer', minimum: 1, maximum: 15 },
    seed: { type: 'integer', minimum: 0 },
    guidanceScale: { type: 'number', minimum: 0, maximum: 30 },
    responseFormat: { enum: ['url', 'b64_json'] },
    sequential: { enum: ['auto', 'disabled'] },
  },
};
const text = { type: 'string' };
const receipt = {
  type: 'object',
  properties: {
    requestId: text,
    model: text,
    status: text,
    prompt: text,
    referencesCount: { type: 'integer' },
    endUserEmail: text,
    createdAt: text,
    pollUrl: text,
  },
};

interface Body {
  readonly endUserEmail: string;
  readonly prompt: string;
  readonly model: string;
}

/** Absent to measure HTTP alone. */
const databaseUrl = process.env.DATABASE_URL;
const rows = databaseUrl === undefined ? undefined : await RowBatcher.connect(databaseUrl);
const server = Fastify({ ajv: { customOptions: { coerceTypes: false, removeAdditional: false } } });
server.post<{ Body: Body }>(
  '/v1/generations',
  { schema: { body, response: { 202: receipt } } },
  async (request, reply) => {
    const id = randomUUID();
    const createdAt = new Date().toISOString();
    await rows?.insert({
      id,
      data: JSON.stringify(request.body),
      metadata: JSON.stringify({ requestId: request.id, createdAt }),
    });
    reply.code(202);
    const { endUserEmail, prompt, model } = request.body;
    const pollUrl = `http://${request.host}/v1/generations/${id}`;
    return {
      requestId: id,
      model,
      status: 'queued',
      prompt,
      referencesCount: 0,
      endUserEmail,
      createdAt,
      pollUrl,
    };
  },
);
await server.listen({ port: 0, host: '127.0.0.1' });
serve(server.addresses()[0] as { port: number }, () => Promise.reject(new Error('no commands')));
