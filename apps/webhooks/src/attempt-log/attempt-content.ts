import type { AttemptBody, AttemptContent } from '@imprest/application';
import type { OutgoingResponse, ResponseHeaders } from '@imprest/outgoing-http';

/** What an attempt sends. */
export interface SentRequest {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
}

/** Records that hold images themselves are longer; what a receiver complains about stands at the beginning. */
const REQUEST_BODY_BYTES = 16 * 1_024;
const RESPONSE_BODY_BYTES = 1_024;
const RESPONSE_HEADERS = 30;
const HEADER_CHARACTERS = 256;
/** Headers of our own. An endpoint may add others, whose values are secrets of its owner. */
const OUR_HEADERS =
  /^(content-type|user-agent|traceparent|webhook-[a-z-]+|x-(xmode|xavira|imprest)-[a-z-]+)$/i;
const SECRET_HEADERS = /^(set-cookie|www-authenticate|authorization|proxy-.*)$/;
const REDACTED = '[redacted]';

/** What is kept of an attempt: enough to find out what a receiver took offence at, and no secret. */
export function attemptContent(
  { url, headers, body }: SentRequest,
  response: OutgoingResponse | undefined,
  totalMs: number,
): AttemptContent {
  return {
    request: {
      url: withoutQuery(url),
      headers: mapped(headers, (name, value) => (OUR_HEADERS.test(name) ? value : REDACTED)),
      body: beginningOf(body, REQUEST_BODY_BYTES),
    },
    response: response === undefined ? null : answerOf(response),
    timing: {
      connect: rounded(response?.connectMs ?? null),
      firstByte: rounded(response?.firstByteMs ?? null),
      total: Math.round(totalMs),
    },
  };
}

function answerOf({ status, headers, body, bodyTruncated }: OutgoingResponse) {
  const beginning = beginningOf(body, RESPONSE_BODY_BYTES);
  return {
    status,
    headers: mapped(firstOf(headers), (name, value) =>
      SECRET_HEADERS.test(name) ? REDACTED : value.slice(0, HEADER_CHARACTERS),
    ),
    body: { ...beginning, isCut: beginning.isCut || bodyTruncated },
  };
}

function firstOf(headers: ResponseHeaders): Record<string, string> {
  const entries = Object.entries(headers).slice(0, RESPONSE_HEADERS);
  return Object.fromEntries(entries.map(([name, value]) => [name, String(value ?? '')]));
}

function mapped(
  headers: Readonly<Record<string, string>>,
  shown: (name: string, value: string) => string,
): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name, shown(name, value)]),
  );
}

function beginningOf(body: Uint8Array, bytes: number): AttemptBody {
  const text = Buffer.from(body.buffer, body.byteOffset, Math.min(body.byteLength, bytes));
  return { text: text.toString('utf8'), isCut: body.byteLength > bytes };
}

/** A query or a fragment may hold a token. */
function withoutQuery(url: string): string {
  return url.split(/[?#]/, 1)[0] as string;
}

function rounded(ms: number | null): number | null {
  return ms === null ? null : Math.round(ms * 10) / 10;
}
