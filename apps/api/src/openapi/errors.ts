import { type DomainError, type DomainErrorCode, domainError } from '@imprest/domain';
import {
  type Access,
  type Dialect,
  nativeDialect,
  nativeErrors,
  PROBLEM_TYPE,
} from '@imprest/platform';
import { type AnswerHeaderName, answerHeaderRefs, rateLimitHeaders } from './headers.js';
import { error, errorCodes, problem } from './schemas/error.js';

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
  budget_exceeded: {
    description: 'The key or the end user has a budget, and the request costs more than is left.',
    message: 'this end user may spend 100 tokens a day and has spent 95; this request costs 10',
    facts: {
      ...{ budget: 'endUser', period: 'perDay', limit: 100, spent: 95, required: 10 },
      resetsAt: '2026-11-21T00:00:00.000Z',
    },
  },
  forbidden: {
    description:
      'The key or the role lacks the scope or area, the end user is blocked, or the account is frozen.',
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
  deadline_missed: {
    description: 'The work was not begun, or not done, by the time that was asked for.',
    message: 'no worker began before startBy; nothing was charged',
  },
} as const satisfies Record<DomainErrorCode, Explained>;

const extraHeaders: Readonly<Partial<Record<DomainErrorCode, readonly AnswerHeaderName[]>>> = {
  rate_limited: [...rateLimitHeaders, 'Retry-After'],
  unavailable: ['Retry-After'],
};

const EXAMPLE_REQUEST_ID = 'a1b2c3d4e5f6-1k';

function exampleOf(code: DomainErrorCode): DomainError {
  const { message, facts = {} }: Explained = explained[code];
  const { field, ...details } = facts as { field?: string };
  return domainError(code, message, { field, details });
}

const meaningOf = (code: DomainErrorCode) => `\`${code}\`: ${explained[code].description}`;

const headersOf = (codes: readonly DomainErrorCode[]) =>
  answerHeaderRefs(['X-Request-Id', ...codes.flatMap((code) => extraHeaders[code] ?? [])]);

function rendered(dialect: Dialect, code: DomainErrorCode, accept?: string): object {
  const { body } = dialect.renderError(exampleOf(code), EXAMPLE_REQUEST_ID, accept);
  // As it is sent: without the fields that are undefined.
  return JSON.parse(JSON.stringify(body));
}

/** Codes of a dialect that share a status, by status. */
function byStatus(
  dialect: Dialect,
  codes: Iterable<DomainErrorCode>,
): ReadonlyMap<number, readonly [DomainErrorCode, ...DomainErrorCode[]]> {
  const sharing = new Map<number, [DomainErrorCode, ...DomainErrorCode[]]>();
  for (const code of codes) {
    const { status } = dialect.errors[code];
    const known = sharing.get(status);
    if (known === undefined) sharing.set(status, [code]);
    else known.push(code);
  }
  return sharing;
}

function examplesOf(dialect: Dialect, codes: readonly DomainErrorCode[], accept?: string): object {
  const [first, second] = codes;
  if (first !== undefined && second === undefined) {
    return { example: rendered(dialect, first, accept) };
  }
  const examples = codes.map((code) => [code, { value: rendered(dialect, code, accept) }]);
  return { examples: Object.fromEntries(examples) };
}

function errorResponse(codes: readonly DomainErrorCode[]): object {
  return {
    description: codes.map(meaningOf).join(' '),
    headers: headersOf(codes),
    content: {
      'application/json': { schema: error, ...examplesOf(nativeDialect, codes) },
      [PROBLEM_TYPE]: { schema: problem, ...examplesOf(nativeDialect, codes, PROBLEM_TYPE) },
    },
  };
}

const nativeByStatus = byStatus(nativeDialect, errorCodes);

/** One response for each status of the native table, named after the first of its codes. */
export const errorResponses: Readonly<Record<string, object>> = Object.fromEntries(
  [...nativeByStatus.values()].map((codes) => [codes[0], errorResponse(codes)]),
);

/** What any route of this kind may answer, whatever it does. */
function impliedErrors(access: Access, body: boolean, checked: boolean): DomainErrorCode[] {
  const codes: DomainErrorCode[] = ['internal_error'];
  if (access.kind !== 'public' && access.kind !== 'visitor') codes.push('unauthorized');
  if (access.kind !== 'public') codes.push('unavailable');
  if (access.kind === 'tenant') codes.push('rate_limited');
  if (access.kind !== 'public' && access.kind !== 'worker') codes.push('forbidden');
  if (checked) codes.push('validation_error');
  if (body) codes.push('payload_too_large', 'unsupported_media_type');
  return codes;
}

/** In another dialect several codes may share a status: one response tells of all of them. */
function dialectResponses(
  dialect: Dialect,
  codes: ReadonlySet<DomainErrorCode>,
): Readonly<Record<string, object>> {
  const responses = [...byStatus(dialect, codes)].map(([status, sharing]) => {
    const examples = sharing.map((code) => [code, { value: rendered(dialect, code) }]);
    const content = {
      schema: dialect.errorSchema ?? error,
      examples: Object.fromEntries(examples),
    };
    const description = sharing.map(meaningOf).join(' ');
    const headers = headersOf(sharing);
    return [String(status), { description, headers, content: { 'application/json': content } }];
  });
  return Object.fromEntries(responses);
}

/** The errors of an operation, by status: references where the native table answers. */
export function errorAnswers(
  { access, dialect = nativeDialect }: { readonly access: Access; readonly dialect?: Dialect },
  takes: { readonly body: boolean; readonly query: boolean },
  more: readonly DomainErrorCode[],
): Readonly<Record<string, object>> {
  const implied = impliedErrors(access, takes.body, takes.body || takes.query);
  const codes = new Set([...implied, ...more]);
  if (dialect !== nativeDialect) return dialectResponses(dialect, codes);
  return Object.fromEntries(
    [...codes].map((code) => {
      const { status } = nativeErrors[code];
      const name = nativeByStatus.get(status)?.[0];
      return [String(status), { $ref: `#/components/responses/${name}` }];
    }),
  );
}
