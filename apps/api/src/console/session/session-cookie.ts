import type { OpenedSession } from '@imprest/application';
import { SESSION_COOKIE, SESSION_COOKIE_PATH } from '@imprest/platform';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { baseUrl } from '../../http/request-headers.js';

/** No script reads it, no other site's page sends it, and it goes nowhere but to the console. */
function header(
  request: FastifyRequest,
  publicUrl: string | undefined,
  token: string,
  maxAgeSeconds: number,
): string {
  const secure = baseUrl(request, publicUrl).startsWith('https:') ? '; Secure' : '';
  const scope = `Path=${SESSION_COOKIE_PATH}; HttpOnly; SameSite=Strict${secure}`;
  return `${SESSION_COOKIE}=${token}; Max-Age=${maxAgeSeconds}; ${scope}`;
}

export function setSessionCookie(
  reply: FastifyReply,
  publicUrl: string | undefined,
  { token, endsAt }: Pick<OpenedSession, 'token' | 'endsAt'>,
  now: Date,
): void {
  const maxAgeSeconds = Math.max(0, Math.floor((endsAt.getTime() - now.getTime()) / 1000));
  reply.header('set-cookie', header(reply.request, publicUrl, token, maxAgeSeconds));
}

export function clearSessionCookie(reply: FastifyReply, publicUrl: string | undefined): void {
  reply.header('set-cookie', header(reply.request, publicUrl, '', 0));
}
