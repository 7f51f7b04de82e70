import { CLOCK, type Clock, type OpenedSession, type Visit } from '@imprest/application';
import { CONFIG, type Config, sessionTokenOf } from '@imprest/platform';
import { Inject, Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { clearSessionCookie, setSessionCookie } from './session-cookie.js';
import { SessionViews } from './session-views.js';

/** The browser that asks, as the use cases want to know it. */
export function visitOf({ id, traceparent, ip, headers }: FastifyRequest): Visit {
  const token = sessionTokenOf(headers);
  const userAgent = headers['user-agent'];
  return {
    ...{ correlationId: id, traceparent, address: ip },
    ...(userAgent !== undefined && { userAgent }),
    ...(token !== undefined && { token }),
  };
}

/** Answers that tell the page where it stands, and the browser what to send from now on. */
@Injectable()
export class SessionAnswers {
  constructor(
    private readonly views: SessionViews,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  current(request: FastifyRequest, reply: FastifyReply) {
    reply.header('cache-control', 'no-store');
    return this.views.of(sessionTokenOf(request.headers));
  }

  opened(opened: OpenedSession, reply: FastifyReply) {
    reply.header('cache-control', 'no-store');
    setSessionCookie(reply, this.config.publicUrl, opened, this.clock.now());
    return this.views.of(opened.token);
  }

  ended(reply: FastifyReply): void {
    clearSessionCookie(reply, this.config.publicUrl);
  }
}
