import type { DomainErrorCode } from '@imprest/domain';
import type { Access } from './access.js';
import type { SchemaObject } from './schema-object.js';

/** Headers that several operations share; apps/api says once what each of them means. */
export type RequestHeader = 'Idempotency-Key' | 'Prefer' | 'Last-Event-ID' | 'Range';
export type AnswerHeader =
  | 'Idempotency-Replayed'
  | 'Preference-Applied'
  | 'Content-Range'
  | 'X-Next-Cursor'
  | 'Cache-Control';

export interface Answer {
  readonly description: string;
  /** Absent for an answer without a body. */
  readonly schema?: SchemaObject;
  /** `application/json` when absent. */
  readonly mediaType?: string;
  /** Other media types that a caller may ask for instead, such as `text/csv`. */
  readonly orMediaTypes?: readonly string[];
  readonly headers?: readonly AnswerHeader[];
  readonly example?: unknown;
}

export interface RequestBody {
  /** Name of its schema in the document; the schema itself comes from the class that checks it. */
  readonly name: string;
  /** What a reader needs to know of each field (`field.inner` within one), merged into its schema. */
  readonly fields: Readonly<Record<string, SchemaObject>>;
  readonly examples: Readonly<Record<string, { readonly summary: string; readonly value: object }>>;
}

/** A route in the words of the API reference. Path, access and checks come from the route itself. */
export interface Operation {
  /** Unique in the product; generated clients name their methods after it. */
  readonly id: string;
  readonly tag: string;
  readonly summary: string;
  readonly description?: string;
  readonly headers?: readonly RequestHeader[];
  /** Each parameter of the query; its schema is the route's unless one is given here. */
  readonly query?: Readonly<Record<string, SchemaObject>>;
  readonly body?: RequestBody;
  /** What the files of a form are, by field, where the body may be sent as a form. */
  readonly files?: Readonly<Record<string, SchemaObject>>;
  /** Media types of a body that is no JSON. */
  readonly upload?: readonly string[];
  readonly answers: Readonly<Record<number, Answer>>;
  /** Errors beside those that access, body and engines imply. */
  readonly errors?: readonly DomainErrorCode[];
}

/** `internal`: a part of a page, of no use to whoever reads the reference. */
export type Description = Operation | 'internal';

/** A route that a module gives to Fastify itself, beside its controllers. */
export interface RegisteredRoute {
  readonly method: 'get' | 'post' | 'put' | 'delete' | 'patch';
  /** With parameters in braces. */
  readonly path: string;
  readonly access: Access;
  readonly operation: Operation;
}

const DESCRIPTIONS = 'imprest:descriptions';
const REGISTERED = 'imprest:registered-routes';

/** Describes every route of a controller, by the name of its method, and those registered beside it. */
export const Describes =
  <Method extends string>(
    descriptions: Readonly<Record<Method, Description>>,
    ...registered: readonly RegisteredRoute[]
  ) =>
  <Controller extends Record<Method, (...args: never[]) => unknown>>(type: {
    readonly prototype: Controller;
  }): void => {
    Reflect.defineMetadata(DESCRIPTIONS, descriptions, type);
    Reflect.defineMetadata(REGISTERED, registered, type);
  };

export function descriptionsOf(type: object): Readonly<Record<string, Description>> {
  return Reflect.getMetadata(DESCRIPTIONS, type) ?? {};
}

export function registeredRoutesOf(type: object): readonly RegisteredRoute[] {
  return Reflect.getMetadata(REGISTERED, type) ?? [];
}
