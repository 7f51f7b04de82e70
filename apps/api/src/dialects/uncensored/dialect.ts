import { UNCENSORED_DIALECT } from '@imprest/generation-records';
import type { Dialect } from '@imprest/platform';
import { renderUncensoredError, uncensoredErrorSchema, uncensoredErrors } from './errors.js';

/** Answers with the image, or tells a callback URL: snake_case, `x-api-key`. */
export const UNCENSORED: Dialect = {
  name: UNCENSORED_DIALECT,
  errors: uncensoredErrors,
  renderError: renderUncensoredError,
  errorSchema: uncensoredErrorSchema,
};
