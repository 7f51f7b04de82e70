import 'reflect-metadata';
import { controllersOf, errorSchemas, responseSchemas } from '@imprest/api';
import { OperationsModule } from '@imprest/platform';
import { productModules } from '@imprest/standalone';
import { Ajv2020 } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import type { Answer } from './api-client.js';

type Schema = { readonly [keyword: string]: unknown };

/** Readers have to expect further fields; a test must not, or the reference would miss some. */
function closed<T>(value: T): T {
  if (Array.isArray(value)) return value.map(closed) as T;
  if (typeof value !== 'object' || value === null) return value;
  const inner = Object.fromEntries(Object.entries(value).map(([key, each]) => [key, closed(each)]));
  const isObject = 'properties' in inner && inner.type === 'object';
  return (isObject ? { additionalProperties: false, ...inner } : inner) as T;
}

const ajv = new Ajv2020({ strict: true, strictTypes: false, allowUnionTypes: true });
formats.default(ajv);
ajv.addFormat('binary', true);

const controllers = controllersOf([...productModules, OperationsModule]);
const promised = responseSchemas(controllers);
const promisedErrors = errorSchemas(controllers);
const compiled = new Map<Schema, ReturnType<typeof ajv.compile>>();

function problemsOf(schema: Schema, body: unknown): readonly string[] {
  const accepts = compiled.get(schema) ?? ajv.compile(closed(schema));
  compiled.set(schema, accepts);
  if (accepts(body)) return [];
  return (accepts.errors ?? []).map(
    ({ instancePath, message, params }) => `${instancePath} ${message} ${JSON.stringify(params)}`,
  );
}

/** How an answer differs from what the API reference says of its operation; empty when it does not. */
export function answerProblems(operationId: string, { status, body }: Answer): readonly string[] {
  const answers = promised[operationId];
  if (answers === undefined) throw new Error(`there is no operation ${operationId}`);
  if (status in answers) {
    const schema = answers[status];
    if (schema === undefined) return body === '' ? [] : [`${status} has a body`];
    return problemsOf(schema, body);
  }
  if (status < 400) return [`${status} is not described`];
  return problemsOf(promisedErrors[operationId] as Schema, body);
}

export const operationIds: readonly string[] = Object.keys(promised);
