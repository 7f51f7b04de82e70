import { timingSafeEqual } from 'node:crypto';

export interface ReceivedWebhook {
  /** As the server has them: `request.headers` of node:http, or a `Headers`. */
  readonly headers: Headers | Readonly<Record<string, string | readonly string[] | undefined>>;
  /** The bytes as received, before any parsing. */
  readonly rawBody: Uint8Array | string;
}

export interface VerifyOptions {
  /** How far the sender's clock may be from this one; 300 when absent. */
  readonly toleranceSeconds?: number;
  /** Unix seconds; this machine's clock when absent. */
  readonly nowSeconds?: number;
}

/** One secret, or several while a rotation lasts. */
export type Secrets = string | readonly string[];

export type WebhookFault = 'header_missing' | 'timestamp_malformed' | 'too_old' | 'not_signed';

/** It is not from whom it says, or it is an old one sent again: answer 4xx and do nothing. */
export class WebhookVerificationError extends Error {
  override readonly name = 'WebhookVerificationError';

  constructor(
    readonly code: WebhookFault,
    message: string,
  ) {
    super(message);
  }
}

/** @throws WebhookVerificationError when it is not there */
export function headerOf({ headers }: ReceivedWebhook, name: string): string {
  const value = headers instanceof Headers ? headers.get(name) : headers[name];
  if (typeof value === 'string' && value !== '') return value;
  throw new WebhookVerificationError('header_missing', `there is no header ${name}`);
}

/** The timestamp as it was signed. @throws WebhookVerificationError when it is no time near now */
export function freshTimestamp(
  webhook: ReceivedWebhook,
  name: string,
  { toleranceSeconds = 300, nowSeconds = Date.now() / 1000 }: VerifyOptions,
): string {
  const timestamp = headerOf(webhook, name);
  if (!/^\d{1,12}$/.test(timestamp)) {
    throw new WebhookVerificationError('timestamp_malformed', `${name} is not in Unix seconds`);
  }
  if (Math.abs(nowSeconds - Number(timestamp)) > toleranceSeconds) {
    const rule = `${name} is more than ${toleranceSeconds} seconds away from now`;
    throw new WebhookVerificationError('too_old', rule);
  }
  return timestamp;
}

/** In constant time, whatever is in them. */
export function equalBytes(left: Uint8Array, right: Uint8Array): boolean {
  return left.length === right.length && timingSafeEqual(left, right);
}
