import type { DomainErrorCode } from '@imprest/domain';
import { type Access, nativeErrors } from '@imprest/platform';
import { type AnswerHeaderName, answerHeaderRefs, rateLimitHeaders } from './headers.js';
import { error, errorCodes } from './schemas/error.js';

interface Explained {
  readonly description: string;
  readonly message: string;
  readonly facts?: object;
}

const explained = {
  validation_error: {
    description: 'A field breaks a rule; nothing was done.',
    message: 'prompt is required',
    facts: { field: 'prompt' },
  },
  unauthorized: {
    description: 'No valid key came along.',
    message: 'send a valid key as Authorization: Bearer <key> or x-api-key',
  },
  insufficient_balance: {
    description: 'The account does not hold enough tokens.',
    message: 'the account holds 4 tokens, 10 are needed',
    facts: { balance: 4, required: 10 },
  },
  forbidden: {
    description: 'The key lacks the scope, the end user is blocked, or the account is frozen.',
    message: 'this key lacks the scope generations:write',
    facts: { scope: 'generations:write' },
  },
  not_found: {
    description: 'There is no such thing, or it belongs to another tenant.',
    message: 'there is nothing under this id',
  },
  conflict: {
    description: 'It contradicts what happened before.',
    message: 'this Idempotency-Key was used before with another request',
  },
  payload_too_large: {
    description: 'The body is larger than the route takes.',
    message: 'the body is larger than this route takes',
  },
  unsupported_media_type: {
    description: 'The body is of a type that the route does not take.',
    message: 'send the body as application/json',
  },
  content_policy: {
    description: 'The prompt breaks the content policy; nothing was charged.',
    message: 'the prompt breaks the content policy; nothing was charged',
    facts: { category: 'minors' },
  },
  rate_limited: {
    description: 'The key made too many requests in this minute.',
    message: 'this key may make 500 requests a minute',
    facts: { retryAfter: 21 },
  },
  internal_error: {
    description: 'Something went wrong on our side; nothing was charged.',
    message: 'something went wrong on our side; nothing was charged',
  },
  provider_error: { description: 'The renderer failed.', message: 'the provider failed' },
  unavailable: {
    description: 'The service cannot take requests at the moment.',
    message: 'the service cannot take requests at the moment; try again',
  },
  provider_timeout: {
    description: 'The renderer did not answer in time.',
    message: 'the provider took too long',
  },
} as const satisfies Record<DomainErrorCode, Explained>;

const extraHeaders: Readonly<Partial<Record<DomainErrorCode, readonly AnswerHeaderName[]>>> = {
  rate_limited: [...rateLimitHeaders, 'Retry-After'],
  unavailable: ['Retry-After'],
};

function errorResponse(code: DomainErrorCode): object {
  const { description, message, facts }: Explained = explained[code];
  const { retryable } = nativeErrors[code];
  const example = {
    error: { code, message, ...facts, retryable, charged: false, requestId: 'a1b2c3d4e5f6-1k' },
  };
  return {
    description: `\`${code}\`: ${description}`,
    headers: answerHeaderRefs(['X-Request-Id', ...(extraHeaders[code] ?? [])]),
    content: { 'application/json': { schema: error, example } },
  };
}

/** One response for each code of the domain. */
export const errorResponses: Readonly<Record<string, object>> = Object.fromEntries(
  errorCodes.map((code) => [code, errorResponse(code)]),
);

/** What any route of this kind may answer, whatever it does. */
function impliedErrors(access: Access, body: boolean, checked: boolean): DomainErrorCode[] {
  const codes: DomainErrorCode[] = ['internal_error'];
  if (access.kind !== 'public') codes.push('unauthorized', 'unavailable');
  if (access.kind === 'tenant') codes.push('forbidden', 'rate_limited');
  if (checked) codes.push('validation_error');
  if (body) codes.push('payload_too_large', 'unsupported_media_type');
  return codes;
}

/** References to the errors of an operation, by status. */
export function errorAnswers(
  access: Access,
  takes: { readonly body: boolean; readonly query: boolean },
  more: readonly DomainErrorCode[],
): Readonly<Record<string, object>> {
  const implied = impliedErrors(access, takes.body, takes.body || takes.query);
  const codes = new Set([...implied, ...more]);
  return Object.fromEntries(
    [...codes].map((code) => [
      String(nativeErrors[code].status),
      { $ref: `#/components/responses/${code}` },
    ]),
  );
}
