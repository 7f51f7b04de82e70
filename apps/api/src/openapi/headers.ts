import type { AnswerHeader, RequestHeader, SchemaObject } from '@imprest/platform';

interface HeaderObject {
  readonly description: string;
  readonly schema: SchemaObject;
  readonly required?: true;
}

const text = { type: 'string' };
const integer = { type: 'integer', minimum: 0 };

export const rateLimitHeaders = [
  'X-RateLimit-Limit',
  'X-RateLimit-Remaining',
  'X-RateLimit-Reset',
  'RateLimit',
  'RateLimit-Policy',
] as const;

type RateLimitHeader = (typeof rateLimitHeaders)[number];

export const answerHeaders = {
  'X-Request-Id': {
    description:
      'Id of the request: the caller’s own X-Request-Id when it is 1 to 64 letters, digits, dots, dashes and underscores.',
    schema: text,
  },
  'X-RateLimit-Limit': {
    description:
      'Requests a minute of the limit that will be reached first: of the key or of its tenant, in the bucket of the route.',
    schema: integer,
  },
  'X-RateLimit-Remaining': { description: 'Requests left in the window.', schema: integer },
  'X-RateLimit-Reset': { description: 'End of the window in Unix seconds.', schema: integer },
  RateLimit: {
    description:
      'Every limit the request counted against: `r` requests left, `t` seconds until its window ends (draft-ietf-httpapi-ratelimit-headers-10).',
    schema: { type: 'string', examples: ['"key";r=499;t=60, "tenant";r=999999;t=60'] },
  },
  'RateLimit-Policy': {
    description: 'The same limits: `q` requests in `w` seconds.',
    schema: { type: 'string', examples: ['"key";q=500;w=60, "tenant";q=1000000;w=60'] },
  },
  'Retry-After': { description: 'Seconds to wait, under 60.', schema: integer },
  'Idempotency-Replayed': {
    description: '`true` when the key had been used for the same request before.',
    schema: { const: 'true' },
  },
  'Preference-Applied': {
    description: 'The wait that was granted, such as `wait=30`.',
    schema: text,
  },
  'Content-Range': { description: 'Which bytes of how many (RFC 9110).', schema: text },
  'X-Next-Cursor': { description: '`cursor` of the next page, on a page in CSV.', schema: text },
  'Cache-Control': { description: 'Private, until the URL dies.', schema: text },
} as const satisfies Record<
  AnswerHeader | RateLimitHeader | 'X-Request-Id' | 'Retry-After',
  HeaderObject
>;

export const requestHeaders = {
  'Idempotency-Key': {
    description:
      'Makes the call safe to repeat, for ever: the same key with the same body gives the first answer again, with another body 409. Scoped to the tenant.',
    schema: { type: 'string', pattern: '^[\\x21-\\x7e]{1,255}$' },
  },
  Prefer: {
    description:
      '`wait=N` waits up to N seconds, at most 60, for the work to end, and then answers 200 with the record (RFC 7240).',
    schema: { type: 'string', examples: ['wait=30'] },
  },
  'Last-Event-ID': {
    description: 'Id of the last event received; the stream goes on after it.',
    schema: { type: 'string', pattern: '^[A-Za-z0-9_-]{1,300}$' },
  },
  Range: {
    description: 'One range of bytes, such as `bytes=0-1023`; several are answered with the whole.',
    schema: text,
  },
} as const satisfies Record<RequestHeader, HeaderObject>;

export type AnswerHeaderName = keyof typeof answerHeaders;

export function answerHeaderRefs(names: readonly AnswerHeaderName[]): object {
  return Object.fromEntries(
    names.map((name) => [name, { $ref: `#/components/headers/${name}` }] as const),
  );
}
