import { TICKET_MS } from '@imprest/application';
import { cookieOf } from '@imprest/platform';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { setCookie } from '../set-cookie.js';

/** Where the provider sends the browser back to, and the only place that the ticket goes. */
export const CALLBACK_PATH = '/console/api/session/oidc/callback';

/** Lax: the browser comes back by a link on another site's page. */
const cookie = { name: 'imprest_sign_in', path: CALLBACK_PATH, sameSite: 'Lax' } as const;

export const setTicket = (reply: FastifyReply, publicUrl: string | undefined, ticket: string) =>
  setCookie(reply, publicUrl, { ...cookie, value: ticket, maxAgeSeconds: TICKET_MS / 1000 });

export const clearTicket = (reply: FastifyReply, publicUrl: string | undefined) =>
  setCookie(reply, publicUrl, { ...cookie, value: '', maxAgeSeconds: 0 });

/** Empty when none came along: no ticket is. */
export const ticketOf = ({ headers }: FastifyRequest): string =>
  cookieOf(headers, cookie.name) ?? '';
