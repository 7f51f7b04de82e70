import type { FastifyReply } from 'fastify';
import { baseUrl } from '../http/request-headers.js';

interface Cookie {
  readonly name: string;
  /** Empty to take it away. */
  readonly value: string;
  readonly path: string;
  readonly sameSite: 'Strict' | 'Lax';
  readonly maxAgeSeconds: number;
}

/** No script reads it; it goes no way but TLS where people come by TLS. */
export function setCookie(
  reply: FastifyReply,
  publicUrl: string | undefined,
  { name, value, path, sameSite, maxAgeSeconds }: Cookie,
): void {
  const secure = baseUrl(reply.request, publicUrl).startsWith('https:') ? '; Secure' : '';
  const scope = `Path=${path}; HttpOnly; SameSite=${sameSite}${secure}`;
  reply.header('set-cookie', `${name}=${value}; Max-Age=${maxAgeSeconds}; ${scope}`);
}
