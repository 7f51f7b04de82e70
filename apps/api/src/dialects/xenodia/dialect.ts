import type { Dialect } from '@imprest/platform';
import { renderXenodiaError, xenodiaErrorSchema, xenodiaErrors } from './errors.js';

/** OpenAI's Images API: snake_case, answers at once or waits. */
export const XENODIA: Dialect = {
  name: 'xenodia',
  errors: xenodiaErrors,
  renderError: renderXenodiaError,
  errorSchema: xenodiaErrorSchema,
};
