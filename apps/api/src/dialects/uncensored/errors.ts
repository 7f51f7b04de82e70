import type { DomainErrorCode } from '@imprest/domain';
import type { ErrorRenderer, SchemaObject } from '@imprest/platform';
import { snakeCasedError } from '../../http/error-wording.js';

interface UncensoredError {
  readonly status: number;
}

/**
 * Every code of the domain under the statuses of this dialect, or it does not compile. Whoever reads its
 * statuses knows no 413, 415, 422 or 503: those fold into 400, 403 and 500.
 */
export const uncensoredErrors = {
  validation_error: { status: 400 },
  payload_too_large: { status: 400 },
  unsupported_media_type: { status: 400 },
  unauthorized: { status: 401 },
  insufficient_balance: { status: 402 },
  budget_exceeded: { status: 402 },
  forbidden: { status: 403 },
  content_policy: { status: 403 },
  not_found: { status: 404 },
  conflict: { status: 409 },
  rate_limited: { status: 429 },
  provider_error: { status: 500 },
  provider_timeout: { status: 500 },
  deadline_missed: { status: 500 },
  unavailable: { status: 500 },
  internal_error: { status: 500 },
} as const satisfies Record<DomainErrorCode, UncensoredError>;

/** Fields that the core names as the native dialect does. */
const fieldNames: Readonly<Record<string, string>> = {
  size: 'image_width',
  webhookUrl: 'callback_url',
  endUserEmail: 'user',
};

/** `{ error: { code, message, field?, …facts, request_id } }` */
export const renderUncensoredError: ErrorRenderer = (error, requestId) => {
  const { code } = error;
  const { message, facts } = snakeCasedError(error, fieldNames);
  const body = { error: { code, message, ...facts, request_id: requestId } };
  return { status: uncensoredErrors[code].status, body };
};

const text = (description: string) => ({ type: 'string', description });
const count = (description: string) => ({ type: 'integer', minimum: 0, description });

export const uncensoredErrorSchema: SchemaObject = {
  type: 'object',
  description: 'Every error of this dialect has this form.',
  properties: {
    error: {
      type: 'object',
      description: 'What went wrong, for programs and for people.',
      properties: {
        code: {
          ...text('Stable: decide by it, not by the message.'),
          enum: Object.keys(uncensoredErrors),
        },
        message: text('Names the field and the rule; may be reworded at any time.'),
        field: text('The offending field, for `validation_error`.'),
        balance: count('Tokens that can be spent, for `insufficient_balance`.'),
        required: count('Tokens that the request costs, for `insufficient_balance`.'),
        budget: text('Whose budget it is, for `budget_exceeded`.'),
        period: text('Which of its limits, for `budget_exceeded`.'),
        limit: count('Tokens that may be spent in the period, for `budget_exceeded`.'),
        spent: count('Tokens that were, for `budget_exceeded`.'),
        resets_at: text('When the period ends, for `budget_exceeded`; absent for `total`.'),
        category: text('Category of the content policy, for `content_policy`.'),
        scope: text('Scope that the key lacks, for `forbidden`.'),
        model: text('Model that the key may not use, for `forbidden`.'),
        retry_after: count('Seconds to wait, for `rate_limited`.'),
        request_id: text('The `X-Request-Id` of this answer: quote it when you ask for help.'),
      },
      required: ['code', 'message', 'request_id'],
    },
    job_id: { ...text('Of a job that failed while it was waited for.'), format: 'uuid' },
    status: { ...text('Of such a job.'), enum: ['failed'] },
    cost: {
      type: 'object',
      description: 'Of such a job, in tokens: what was held was given back.',
      properties: {
        tokens: count('Held when the request was accepted.'),
        refunded: count('Given back since.'),
      },
      required: ['tokens', 'refunded'],
    },
  },
  required: ['error'],
};
