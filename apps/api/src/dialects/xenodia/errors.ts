import type { DomainErrorCode } from '@imprest/domain';
import { type ErrorRenderer, nativeErrors, type SchemaObject } from '@imprest/platform';

interface XenodiaError {
  readonly status: number;
  readonly type: string;
  /** What clients of OpenAI know this failure as. */
  readonly code: string;
}

const invalid = (status: number, code: string): XenodiaError => ({
  status,
  type: 'invalid_request_error',
  code,
});
const server = (status: number, code: string): XenodiaError => ({
  status,
  type: 'server_error',
  code,
});

/** Every code of the domain in OpenAI's words, or it does not compile. */
export const xenodiaErrors = {
  validation_error: invalid(400, 'invalid_value'),
  unauthorized: { status: 401, type: 'authentication_error', code: 'invalid_api_key' },
  insufficient_balance: { status: 402, type: 'insufficient_quota', code: 'insufficient_balance' },
  budget_exceeded: { status: 402, type: 'insufficient_quota', code: 'budget_exceeded' },
  forbidden: { status: 403, type: 'permission_error', code: 'forbidden' },
  not_found: invalid(404, 'not_found'),
  conflict: invalid(409, 'conflict'),
  payload_too_large: invalid(413, 'payload_too_large'),
  unsupported_media_type: invalid(400, 'unsupported_media_type'),
  content_policy: invalid(422, 'content_policy_violation'),
  rate_limited: { status: 429, type: 'rate_limit_error', code: 'rate_limit_exceeded' },
  provider_error: server(500, 'provider_error'),
  provider_timeout: server(503, 'provider_timeout'),
  deadline_missed: server(503, 'deadline_missed'),
  unavailable: server(503, 'unavailable'),
  internal_error: server(500, 'internal_error'),
} as const satisfies Record<DomainErrorCode, XenodiaError>;

/** Fields that the core names as the native dialect does. */
const FIELDS: Readonly<Record<string, string>> = {
  references: 'image_input',
  endUserEmail: 'user',
};

function parameterOf(field: string): string {
  const [name = field] = field.split('[');
  return (FIELDS[name] ?? name) + field.slice(name.length);
}

function worded(message: string, field: string | undefined, parameter: string | null): string {
  if (field === undefined || parameter === null || !message.startsWith(field)) return message;
  return parameter + message.slice(field.length);
}

/**
 * `{ error: { message, type, param, code } }`, as OpenAI's clients expect it. They repeat requests by
 * themselves, so the answer also says whether that makes sense.
 */
export const renderXenodiaError: ErrorRenderer = ({ code: domainCode, message, field }) => {
  const { status, type, code } = xenodiaErrors[domainCode];
  const param = field === undefined ? null : parameterOf(field);
  const headers = { 'x-should-retry': String(nativeErrors[domainCode].retryable) };
  return {
    status,
    headers,
    body: { error: { message: worded(message, field, param), type, param, code } },
  };
};

const texts = (values: readonly string[]) => [...new Set(values)].sort();
const table = Object.values(xenodiaErrors);

export const xenodiaErrorSchema: SchemaObject = {
  type: 'object',
  description: 'Every error of this dialect has the form of OpenAI’s.',
  properties: {
    error: {
      type: 'object',
      description: 'What went wrong.',
      properties: {
        message: { type: 'string', description: 'For people; names the field and the rule.' },
        type: {
          type: 'string',
          enum: texts(table.map(({ type }) => type)),
          description: 'The kind of failure.',
        },
        param: {
          type: ['string', 'null'],
          description: 'The offending field, when there is one.',
        },
        code: {
          type: 'string',
          enum: texts(table.map(({ code }) => code)),
          description: 'Stable: decide by it.',
        },
      },
      required: ['message', 'type', 'param', 'code'],
    },
  },
  required: ['error'],
};
