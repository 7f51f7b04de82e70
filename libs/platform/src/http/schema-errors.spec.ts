import { DomainFailure } from '@imprest/application';
import { type FastifyInstance, fastify } from 'fastify';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { schemaError } from './schema-errors.js';

const url = { type: 'string', minLength: 1, format: 'uri' };
const schema = {
  type: 'object',
  properties: {
    name: { type: 'string', minLength: 2, maxLength: 4, pattern: '^[a-z]+$' },
    count: { type: ['integer', 'null'], minimum: 1, maximum: 9 },
    kind: { enum: ['square', 'tall', null] },
    email: { type: 'string', format: 'email' },
    url,
    references: { anyOf: [url, { type: 'array', items: url, minItems: 1 }, { type: 'null' }] },
    inner: {
      type: 'object',
      properties: { size: { type: 'number' } },
      required: ['size'],
    },
  },
  required: ['name'],
};

let server: FastifyInstance;

beforeAll(async () => {
  server = fastify({
    schemaErrorFormatter: schemaError,
    ajv: { customOptions: { coerceTypes: false, removeAdditional: false, useDefaults: false } },
  });
  server.setErrorHandler((error, _request, reply) =>
    reply.status(400).send(error instanceof DomainFailure ? error.error : { message: 'other' }),
  );
  server.post('/', { schema: { body: schema } }, () => 'fine');
  await server.ready();
});

afterAll(() => server.close());

describe('a body that breaks its schema', () => {
  it.each([
    [{}, 'name', 'name is required'],
    [{ name: 5 }, 'name', 'name must be string'],
    [{ name: 'a' }, 'name', 'name must NOT have fewer than 2 characters'],
    [{ name: 'A1' }, 'name', 'name has a form that is not allowed'],
    [{ name: 'ab', count: '4' }, 'count', 'count must be integer'],
    [{ name: 'ab', count: 10 }, 'count', 'count must be <= 9'],
    [{ name: 'ab', kind: 'round' }, 'kind', 'kind must be one of square, tall'],
    [{ name: 'ab', email: 'nobody' }, 'email', 'email must be a valid email'],
    [{ name: 'ab', url: 'nowhere' }, 'url', 'url must be a valid URL'],
    [{ name: 'ab', inner: {} }, 'inner.size', 'inner.size is required'],
    [{ name: 'ab', inner: { size: 'x' } }, 'inner.size', 'inner.size must be number'],
    [{ name: 'ab', references: [] }, 'references', 'references must NOT have fewer than 1 items'],
    [
      { name: 'ab', references: ['https://a.example', 5] },
      'references[1]',
      'references[1] must be string',
    ],
    [{ name: 'ab', references: 5 }, 'references', 'references must be string'],
    [[], 'body', 'body must be object'],
  ])('%j names the field and the rule', async (payload, field, message) => {
    const answer = await server.inject({ method: 'POST', url: '/', payload });

    expect(answer.json()).toEqual({ code: 'validation_error', field, message });
  });

  it('is refused when there is none', async () => {
    const answer = await server.inject({ method: 'POST', url: '/' });

    expect(answer.json()).toMatchObject({ field: 'body', message: 'body must be object' });
  });

  it('is refused in words even if the validator says nothing', () => {
    expect(schemaError([], 'querystring').error.message).toBe('querystring is not valid');
  });
});
