import type { FastifyReply, FastifyRequest } from 'fastify';
import { describe, expect, test } from 'vitest';
import { clearSessionCookie, setSessionCookie } from './session-cookie.js';

const now = new Date('2026-01-15T09:00:00.000Z');
const opened = { token: 'abc-_1', endsAt: new Date('2026-01-15T10:00:00.900Z') };

function replyTo(protocol: 'http' | 'https') {
  const headers: Record<string, unknown> = {};
  const request = { protocol, headers: { host: 'images.example.com' } } as FastifyRequest;
  const reply = {
    request,
    header(name: string, value: unknown) {
      headers[name] = value;
      return reply;
    },
  };
  return { headers, reply: reply as unknown as FastifyReply };
}

describe('the cookie of a session', () => {
  test('goes to the console alone, to no script and with no other page, as long as the session', () => {
    const { headers, reply } = replyTo('http');
    setSessionCookie(reply, undefined, opened, now);
    expect(headers['set-cookie']).toBe(
      'imprest_session=abc-_1; Max-Age=3600; Path=/console; HttpOnly; SameSite=Strict',
    );
  });

  test.each([
    ['https', undefined],
    ['http', 'https://images.example.com'],
  ] as const)('goes over TLS only, where there is TLS (%s, %s)', (protocol, publicUrl) => {
    const { headers, reply } = replyTo(protocol);
    setSessionCookie(reply, publicUrl, opened, now);
    expect(headers['set-cookie']).toMatch(/; Secure$/);
  });

  test('goes away with the session', () => {
    const { headers, reply } = replyTo('http');
    clearSessionCookie(reply, undefined);
    expect(headers['set-cookie']).toMatch(/^imprest_session=; Max-Age=0; Path=\/console;/);
  });
});
