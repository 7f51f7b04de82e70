import type { DomainErrorCode } from '@imprest/domain';
import { xaviraCodes } from '@imprest/generation-records';
import type { ErrorRenderer, SchemaObject } from '@imprest/platform';
import { snakeCasedError } from '../../http/error-wording.js';

interface XaviraError {
  readonly status: number;
  readonly code: string;
}

const same = <Code extends string>(code: Code, status: number) => ({ status, code });

/**
 * Every code of the domain in this dialect's words, or it does not compile. Whoever reads its statuses takes
 * 500 and 502 for trouble that passes and that nothing was charged for.
 */
export const xaviraErrors = {
  validation_error: same('validation_error', 400),
  unauthorized: same('unauthorized', 401),
  insufficient_balance: { status: 402, code: xaviraCodes.insufficient_balance },
  budget_exceeded: same('budget_exceeded', 402),
  forbidden: same('forbidden', 403),
  not_found: same('not_found', 404),
  conflict: same('conflict', 409),
  payload_too_large: same('payload_too_large', 413),
  unsupported_media_type: same('unsupported_media_type', 415),
  content_policy: { status: 422, code: xaviraCodes.content_policy },
  rate_limited: same('rate_limited', 429),
  internal_error: same('internal_error', 500),
  provider_error: same('provider_error', 502),
  provider_timeout: same('provider_timeout', 502),
  deadline_missed: same('deadline_missed', 502),
  unavailable: same('unavailable', 502),
} as const satisfies Record<DomainErrorCode, XaviraError>;

/** Fields that the core names as the native dialect does. */
const fieldNames: Readonly<Record<string, string>> = {
  size: 'resolution',
  model: 'model_id',
  endUserEmail: 'user',
  sourceRequestId: 'generation_id',
};

/** `{ error: { code, message, field?, …facts, request_id } }` */
export const renderXaviraError: ErrorRenderer = (error, requestId) => {
  const { status, code } = xaviraErrors[error.code];
  const { message, facts } = snakeCasedError(error, fieldNames);
  return { status, body: { error: { code, message, ...facts, request_id: requestId } } };
};

const text = (description: string) => ({ type: 'string', description });
const amount = (description: string) => ({ type: 'number', minimum: 0, description });
const codes = [...new Set(Object.values(xaviraErrors).map(({ code }) => code))];

export const xaviraErrorSchema: SchemaObject = {
  type: 'object',
  description: 'Every error of this dialect has this form.',
  properties: {
    error: {
      type: 'object',
      description: 'What went wrong, for programs and for people.',
      properties: {
        code: { ...text('Stable: decide by it, not by the message.'), enum: codes },
        message: text('Names the field and the rule; may be reworded at any time.'),
        field: text('The offending field, for `validation_error`.'),
        balance: amount('Credits that can be spent, for `insufficient_credits`.'),
        required: amount('Credits that the request costs, for codes of 402.'),
        budget: text('Whose budget it is, for `budget_exceeded`.'),
        period: text('Which of its limits, for `budget_exceeded`.'),
        limit: amount('Credits that may be spent in the period, for `budget_exceeded`.'),
        spent: amount('Credits that were, for `budget_exceeded`.'),
        resets_at: text('When the period ends, for `budget_exceeded`.'),
        reason: text('What stands in the way, for `conflict`.'),
        category: text('Category of the content policy, for `moderation_blocked`.'),
        scope: text('Scope that the key lacks, for `forbidden`.'),
        model: text('Model that the key may not use, for `forbidden`.'),
        retry_after: amount('Seconds to wait, for `rate_limited`.'),
        request_id: text('The `X-Request-Id` of this answer: quote it when you ask for help.'),
      },
      required: ['code', 'message', 'request_id'],
    },
    generation_id: text('Of a generation that failed while it was waited for.'),
    status: { ...text('Of such a generation.'), enum: ['failed'] },
    cost_credits: amount('Of such a generation: nothing.'),
    refunded_credits: amount('Of such a generation: what was held and given back.'),
  },
  required: ['error'],
};
