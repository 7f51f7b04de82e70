import type { IncomingHttpHeaders } from 'node:http';

/** Carries the session; the browser sends it to `SESSION_COOKIE_PATH` and below, and nowhere else. */
export const SESSION_COOKIE = 'imprest_session';
export const SESSION_COOKIE_PATH = '/console';

/** The value of a cookie, if one came along that has nothing in it but `A-Z a-z 0-9 . _ -`. */
export function cookieOf({ cookie }: IncomingHttpHeaders, name: string): string | undefined {
  const found = cookie?.split(';').find((each) => each.trimStart().startsWith(`${name}=`));
  const value = found?.slice(found.indexOf('=') + 1).trim();
  return value !== undefined && /^[\w.-]{1,256}$/.test(value) ? value : undefined;
}

/** The token of a session, if one came along. */
export const sessionTokenOf = (headers: IncomingHttpHeaders): string | undefined =>
  cookieOf(headers, SESSION_COOKIE);
