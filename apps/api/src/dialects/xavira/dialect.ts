import { XAVIRA_DIALECT } from '@imprest/application';
import type { Dialect } from '@imprest/platform';
import { renderXaviraError, xaviraErrorSchema, xaviraErrors } from './errors.js';

/** Characters and generations: snake_case, Bearer keys, credits. */
export const XAVIRA: Dialect = {
  name: XAVIRA_DIALECT,
  errors: xaviraErrors,
  renderError: renderXaviraError,
  errorSchema: xaviraErrorSchema,
};
