import type { IncomingHttpHeaders } from 'node:http';

/** Carries the session; the browser sends it to `SESSION_COOKIE_PATH` and below, and nowhere else. */
export const SESSION_COOKIE = 'imprest_session';
export const SESSION_COOKIE_PATH = '/console';

const COOKIE = new RegExp(`(?:^|;) *${SESSION_COOKIE}=([A-Za-z0-9_-]{16,256}) *(?:;|$)`);

/** The token of a session, if one came along that could be one. */
export function sessionTokenOf({ cookie }: IncomingHttpHeaders): string | undefined {
  return cookie === undefined ? undefined : COOKIE.exec(cookie)?.[1];
}
