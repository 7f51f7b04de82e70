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

const TOKEN = /^[A-Za-z0-9_-]{1,100}$/;

/** What a browser keeps while its person is elsewhere. */
export interface KeptSignIn {
  /** Empty when none came along: no ticket is. */
  readonly ticket: string;
  /** Where the person wanted to be, below `/console`. */
  readonly page: string;
  /** Token of the invitation that the person comes by. */
  readonly invitation: string | undefined;
}

export const pageOf = (text: unknown): string =>
  typeof text === 'string' && PAGE.test(text) ? text : '/';

export function keepSignIn(
  reply: FastifyReply,
  publicUrl: string | undefined,
  { ticket, page, invitation = '' }: KeptSignIn,
): void {
  const value = `${ticket}.${Buffer.from(page).toString('base64url')}.${invitation}`;
  setCookie(reply, publicUrl, { ...cookie, value, maxAgeSeconds: TICKET_MS / 1000 });
}

export const forgetSignIn = (reply: FastifyReply, publicUrl: string | undefined): void =>
  setCookie(reply, publicUrl, { ...cookie, value: '', maxAgeSeconds: 0 });

export function keptSignIn({ headers }: FastifyRequest): KeptSignIn {
  const parts = (cookieOf(headers, cookie.name) ?? '').split('.');
  const [madeAt, chance, page = '', token = ''] = parts;
  const invitation = TOKEN.test(token) ? token : undefined;
  if (chance === undefined) return { ticket: '', page: '/', invitation: undefined };
  const wanted = pageOf(Buffer.from(page, 'base64url').toString());
  return { ticket: `${madeAt}.${chance}`, page: wanted, invitation };
}
