import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import {
  apiDocument,
  type DescribedOperation,
  operationAt,
  operationNamed,
  operations,
  resolved,
  type Schema,
} from './api-document.js';

export interface CheckedAnswer {
  readonly status: number;
  readonly headers: Headers;
  /** Parsed where it is JSON; the text otherwise. */
  readonly body: unknown;
}

/** Readers have to expect further fields; a test must not, or the reference would miss some. */
function closed<T>(value: T): T {
  if (Array.isArray(value)) return value.map(closed) as T;
  if (typeof value !== 'object' || value === null) return value;
  const inner = Object.fromEntries(Object.entries(value).map(([key, each]) => [key, closed(each)]));
  const isObject = 'properties' in inner && inner.type === 'object';
  return (isObject ? { additionalProperties: false, ...inner } : inner) as T;
}

/** With references into the document that `ajv` was told of. */
function rooted<T>(schema: T): T {
  const text = JSON.stringify(schema).replaceAll('"#/components/', '"openapi#/components/');
  return JSON.parse(text);
}

const ajv = new Ajv2020({ strict: true, strictTypes: false, allowUnionTypes: true });
formats.default(ajv);
ajv.addFormat('binary', true);
ajv.addKeyword('components');
const { schemas } = apiDocument.components;
ajv.addSchema({ $id: 'openapi', components: { schemas: rooted(closed(schemas)) } });

const compiled = new Map<Schema, ValidateFunction>();

/** How a value differs from a schema of the document, fields that the schema does not name included. */
export function schemaProblems(schema: Schema, value: unknown): readonly string[] {
  const accepts = compiled.get(schema) ?? ajv.compile(rooted(closed(schema)));
  compiled.set(schema, accepts);
  if (accepts(value)) return [];
  return (accepts.errors ?? []).map(
    ({ instancePath, message, params }) => `${instancePath} ${message} ${JSON.stringify(params)}`,
  );
}

function problemsOf(operation: DescribedOperation, answer: CheckedAnswer): readonly string[] {
  const { status, headers, body } = answer;
  const response = operation.responses[String(status)];
  if (response === undefined) return [`${status} is not described`];
  if (!headers.has('x-request-id')) return ['there is no X-Request-Id'];
  const { content = {} } = resolved(response);
  const [mediaType = ''] = (headers.get('content-type') ?? '').split(';');
  if (body === '') {
    const mayBeEmpty = Object.keys(content).every((type) => !type.endsWith('json'));
    return mayBeEmpty ? [] : [`${status} has no body`];
  }
  const [kind] = mediaType.split('/');
  const described = content[mediaType] ?? content[`${kind}/*`];
  if (described === undefined) return [`${status} is described in no ${mediaType}`];
  if (described.schema === undefined || !mediaType.endsWith('json')) return [];
  return schemaProblems(described.schema, body);
}

const seen = new Set<string>();

/** Operations of which this process has checked an answer. */
export const answeredOperations: ReadonlySet<string> = seen;

/** How an answer differs from what the API reference says of its operation; empty when it does not. */
export function answerProblems(operationId: string, answer: CheckedAnswer): readonly string[] {
  seen.add(operationId);
  return problemsOf(operationNamed(operationId), answer);
}

/** The same by address; nothing is promised where the document has no operation. */
export function exchangeProblems(
  method: string,
  address: string,
  answer: CheckedAnswer,
): readonly string[] {
  const operation = operationAt(method, address);
  return operation === undefined ? [] : answerProblems(operation.operationId, answer);
}

export const operationIds: readonly string[] = operations.map(({ operationId }) => operationId);
