import { readFileSync } from 'node:fs';

export type Schema = { readonly [keyword: string]: unknown };

interface Content {
  readonly schema?: Schema;
  readonly example?: unknown;
  readonly examples?: Readonly<Record<string, { readonly value: unknown }>>;
}

export interface DescribedContent {
  readonly content?: Readonly<Record<string, Content>>;
}

interface DescribedResponse extends DescribedContent {
  readonly description: string;
}

export interface DescribedOperation {
  readonly operationId: string;
  readonly description?: string;
  readonly method: string;
  /** With parameters in braces. */
  readonly path: string;
  readonly security: readonly object[];
  readonly requestBody?: DescribedContent;
  /** By status. */
  readonly responses: Readonly<Record<string, DescribedResponse>>;
}

interface ApiDocument {
  readonly paths: Readonly<Record<string, Readonly<Record<string, DescribedOperation>>>>;
  readonly components: {
    readonly schemas: Readonly<Record<string, Schema>>;
    readonly responses: Readonly<Record<string, DescribedContent>>;
  };
}

const file = new URL('../../docs/openapi.json', import.meta.url);

/** What is published; a test of its own holds it against the routes. */
export const apiDocument: ApiDocument = JSON.parse(readFileSync(file, 'utf8'));

/** The value itself, or what it refers to. */
export function resolved<T>(value: T): T {
  const pointer = (value as { readonly $ref?: string }).$ref;
  if (pointer === undefined) return value;
  const parts = pointer.slice('#/'.length).split('/');
  const root: unknown = apiDocument;
  return parts.reduce((found, part) => (found as Record<string, unknown>)[part], root) as T;
}

export const operations: readonly DescribedOperation[] = Object.entries(apiDocument.paths).flatMap(
  ([path, item]) =>
    Object.entries(item).map(([method, operation]) => ({
      ...operation,
      method: method.toUpperCase(),
      path,
    })),
);

const parameters = /\{\w+\}/g;
const matchers = operations
  .map((operation) => {
    const pattern = operation.path.replaceAll('.', '\\.').replace(parameters, '[^/]+');
    const open = operation.path.match(parameters)?.length ?? 0;
    return { operation, pattern: new RegExp(`^${pattern}$`), open };
  })
  .sort((one, other) => one.open - other.open);

/** The operation that answers at this address; undefined where the document has none. */
export function operationAt(method: string, address: string): DescribedOperation | undefined {
  const [path = ''] = address.split('?');
  return matchers.find(
    ({ operation, pattern }) => operation.method === method && pattern.test(path),
  )?.operation;
}

/** @throws Error when there is none of this name */
export function operationNamed(operationId: string): DescribedOperation {
  const found = operations.find((operation) => operation.operationId === operationId);
  if (found === undefined) throw new Error(`there is no operation ${operationId}`);
  return found;
}
