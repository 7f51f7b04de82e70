import type { DomainErrorCode } from '@imprest/domain';
import { nativeErrors } from '@imprest/platform';
import { count, flag, object, oneOf, text, timestamp } from './schema.js';

export const errorCodes = Object.keys(nativeErrors) as DomainErrorCode[];

/** Facts that go with some codes only (`details` of the domain's errors). */
const facts = {
  field: text('Path of the offending field, for `validation_error`.'),
  balance: count('Tokens that can be spent, for `insufficient_balance`.'),
  required: count(
    'Tokens that the request costs, for `insufficient_balance` and `budget_exceeded`.',
  ),
  budget: oneOf(['apiKey', 'endUser'], 'Whose budget it is, for `budget_exceeded`.'),
  period: oneOf(['perDay', 'perMonth', 'total'], 'Which of its limits, for `budget_exceeded`.'),
  limit: count('Tokens that may be spent in the period, for `budget_exceeded`.'),
  spent: count('Tokens that were, for `budget_exceeded`.'),
  resetsAt: timestamp('When the period ends, for `budget_exceeded`; absent for `total`.'),
  category: text('Category of the content policy, for `content_policy`.'),
  scope: text('Scope that the key lacks, for `forbidden`.'),
  model: text('Model that the key may not use, for `forbidden`.'),
  retryAfter: count('Seconds to wait, for `rate_limited`.'),
  reason: text('What stands in the way, for `conflict` and `unavailable`.'),
};

export const error = object('Every error has this form.', {
  error: object(
    'What went wrong, for programs and for people.',
    {
      code: oneOf(errorCodes, 'Stable: decide by it, not by the message.'),
      message: text('Names the field and the rule; may be reworded at any time.'),
      ...facts,
      retryable: flag('Whether the same request may succeed later.'),
      charged: flag('Whether tokens were taken: an HTTP error never costs any.'),
      requestId: text('The `X-Request-Id` of this answer: quote it when you ask for help.'),
    },
    Object.keys(facts),
  ),
});

/** The same facts in the form of RFC 9457, for `Accept: application/problem+json`. */
export const problem = object(
  'Problem details of an error (RFC 9457).',
  {
    type: text('Name of the kind of problem: `urn:imprest:error:<code>`.'),
    title: text('The kind of problem in words.'),
    status: count('The status of this answer.'),
    detail: text('Names the field and the rule; may be reworded at any time.'),
    code: oneOf(errorCodes, 'Stable: decide by it, not by the message.'),
    ...facts,
    retryable: flag('Whether the same request may succeed later.'),
    charged: flag('Whether tokens were taken: an HTTP error never costs any.'),
    requestId: text('The `X-Request-Id` of this answer: quote it when you ask for help.'),
  },
  Object.keys(facts),
);
