import { ProviderError } from '@imprest/application';

export interface Exchange {
  /** The provider, the method and the path. */
  readonly where: string;
  readonly submits: boolean;
  readonly signal: AbortSignal;
}

/** Nothing was sent: the work cannot have been begun. */
const NEVER_SENT =
  /^(UND_ERR_CONNECT_TIMEOUT|ECONNREFUSED|ENOTFOUND|EAI_|EHOSTUNREACH|ENETUNREACH|ERR_TLS|ERR_SSL|CERT_|SELF_SIGNED|DEPTH_ZERO|UNABLE_TO_)/;
const TOO_LATE = /^UND_ERR_(HEADERS|BODY)_TIMEOUT$/;

/** Names what undici, tls, net or dns threw: `unknown` when work may go on behind a lost connection. */
export function lostExchange(error: unknown, exchange: Exchange): ProviderError {
  if (error instanceof ProviderError) return error;
  const { where, submits, signal } = exchange;
  const options = { cause: error };
  if (signal.aborted) {
    return new ProviderError('cancelled', 'the rendering was cancelled', options);
  }
  const code = codeOf(error);
  if (TOO_LATE.test(code)) {
    const failureClass = submits ? 'timeout' : 'infrastructure';
    return new ProviderError(failureClass, `${where}: no answer in time`, options);
  }
  if (NEVER_SENT.test(code)) {
    return new ProviderError('infrastructure', `${where}: cannot be reached (${code})`, options);
  }
  const failureClass = submits ? 'unknown' : 'infrastructure';
  const what = `the connection was lost${code && ` (${code})`}`;
  return new ProviderError(failureClass, `${where}: ${what}`, options);
}

function codeOf(error: unknown): string {
  if (typeof error !== 'object' || error === null || !('code' in error)) return '';
  return typeof error.code === 'string' ? error.code : '';
}
