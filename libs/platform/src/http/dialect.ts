import type { DomainErrorCode } from '@imprest/domain';
import { type ErrorRenderer, nativeErrors, renderNativeError } from './native-errors.js';
import type { SchemaObject } from './schema-object.js';

/** How a published API speaks: its name on record, and its words for every error of the domain. */
export interface Dialect {
  readonly name: string;
  readonly errors: Readonly<Record<DomainErrorCode, { readonly status: number }>>;
  readonly renderError: ErrorRenderer;
  /** What an error looks like, for the reference; the native form when absent. */
  readonly errorSchema?: SchemaObject;
}

export const nativeDialect: Dialect = {
  name: 'xmode',
  errors: nativeErrors,
  renderError: renderNativeError,
};
