import { TICKET_MS } from '@imprest/application';
import { cookieOf } from '@imprest/platform';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { setCookie } from '../set-cookie.js';

/** Where the provider sends the browser back to, and the only place that the cookie goes. */
export const CALLBACK_PATH = '/console/api/session/oidc/callback';

/** Lax: the browser comes back by a link on another site's page. */
const cookie = { name: 'imprest_sign_in', path: CALLBACK_PATH, sameSite: 'Lax' } as const;

/** Of a page of the console: what follows `/console`. */
const PAGE = /^\/(?![/\\])[\x21-\x7e]{0,119}$/;

/** What a browser keeps while its person is elsewhere. */
export interface KeptSignIn {
  /** Empty when none came along: no ticket is. */
  readonly ticket: string;
  /** Where the person wanted to be, below `/console`. */
  readonly page: string;
}

export const pageOf = (text: unknown): string =>
  typeof text === 'string' && PAGE.test(text) ? text : '/';

export function keepSignIn(
  reply: FastifyReply,
  publicUrl: string | undefined,
  { ticket, page }: KeptSignIn,
): void {
  const value = `${ticket}.${Buffer.from(page).toString('base64url')}`;
  setCookie(reply, publicUrl, { ...cookie, value, maxAgeSeconds: TICKET_MS / 1000 });
}

export const forgetSignIn = (reply: FastifyReply, publicUrl: string | undefined): void =>
  setCookie(reply, publicUrl, { ...cookie, value: '', maxAgeSeconds: 0 });

export function keptSignIn({ headers }: FastifyRequest): KeptSignIn {
  const [madeAt, chance, page = ''] = (cookieOf(headers, cookie.name) ?? '').split('.');
  if (chance === undefined) return { ticket: '', page: '/' };
  return { ticket: `${madeAt}.${chance}`, page: pageOf(Buffer.from(page, 'base64url').toString()) };
}
