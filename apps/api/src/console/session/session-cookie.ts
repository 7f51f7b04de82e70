import type { OpenedSession } from '@imprest/application';
import { SESSION_COOKIE, SESSION_COOKIE_PATH } from '@imprest/platform';
import type { FastifyReply } from 'fastify';
import { setCookie } from '../set-cookie.js';

/** No other site's page sends it, and it goes nowhere but to the console. */
const cookie = { name: SESSION_COOKIE, path: SESSION_COOKIE_PATH, sameSite: 'Strict' } as const;

export function setSessionCookie(
  reply: FastifyReply,
  publicUrl: string | undefined,
  { token, endsAt }: Pick<OpenedSession, 'token' | 'endsAt'>,
  now: Date,
): void {
  const maxAgeSeconds = Math.max(0, Math.floor((endsAt.getTime() - now.getTime()) / 1000));
  setCookie(reply, publicUrl, { ...cookie, value: token, maxAgeSeconds });
}

export const clearSessionCookie = (reply: FastifyReply, publicUrl: string | undefined): void =>
  setCookie(reply, publicUrl, { ...cookie, value: '', maxAgeSeconds: 0 });
