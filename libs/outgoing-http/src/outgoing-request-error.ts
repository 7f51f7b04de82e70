import { errors } from 'undici';

export type OutgoingRequestErrorCode =
  /** The URL, or an address its host resolves to, is one no request may reach. */
  | 'forbidden_target'
  /** A deadline passed: connecting, headers or the whole exchange. */
  | 'timeout'
  /** No connection, or a connection lost before the response was complete. */
  | 'connection_failed'
  /** The TLS handshake or the certificate check failed. */
  | 'tls'
  /** The response is larger than the caller accepts. */
  | 'too_large'
  /** The caller's signal was aborted. */
  | 'aborted'
  /** What was sent or answered is not usable HTTP, too many redirects included. */
  | 'protocol';

/**
 * The only error of this package. The message names the host and the rule, never the path or query
 * of the URL (they carry secrets) and never a resolved address (it would map a private network).
 */
export class OutgoingRequestError extends Error {
  override readonly name = 'OutgoingRequestError';
  constructor(
    readonly code: OutgoingRequestErrorCode,
    message: string,
    options?: { cause?: unknown },
  ) {
    super(message, options);
  }
}

const TIMEOUT = /^UND_ERR_(CONNECT|HEADERS|BODY)_TIMEOUT$/;
const TLS =
  /^(ERR_TLS|ERR_SSL|ERR_OSSL|CERT_|CRL_|UNABLE_TO_|DEPTH_ZERO|SELF_SIGNED|HOSTNAME_MISMATCH|INVALID_CA|INVALID_PURPOSE|PATH_LENGTH|EPROTO)/;
const PROTOCOL =
  /^UND_ERR_(HEADERS_OVERFLOW|RES_CONTENT_LENGTH|REQ_CONTENT_LENGTH|INVALID_ARG|NOT_SUPPORTED)/;

/** Names what undici, tls, net or dns threw, in the terms of the closed union. */
export function toOutgoingRequestError(error: unknown, host: string): OutgoingRequestError {
  if (error instanceof OutgoingRequestError) return error;
  const code = errorCode(error);
  const known = (kind: OutgoingRequestErrorCode, what: string) =>
    new OutgoingRequestError(kind, `${host}: ${what}${code ? ` (${code})` : ''}`, { cause: error });
  if (TIMEOUT.test(code)) return known('timeout', 'timed out');
  if (TLS.test(code)) return known('tls', 'TLS failed');
  if (PROTOCOL.test(code) || error instanceof errors.HTTPParserError) {
    return known('protocol', 'not usable HTTP');
  }
  return known('connection_failed', 'connection failed');
}

function errorCode(error: unknown): string {
  if (typeof error !== 'object' || error === null || !('code' in error)) return '';
  return typeof error.code === 'string' ? error.code : '';
}
