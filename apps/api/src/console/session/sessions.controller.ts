import { OwnSessions } from '@imprest/application';
import { Describes, ForSession } from '@imprest/platform';
import { Controller, Delete, Get, HttpCode, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { PathId } from '../../http/path-id.js';
import { SessionAnswers, visitOf } from './session-answers.js';

const internal = 'internal' as const;

/** In which browsers somebody is signed in, and signing out there. */
@Controller('console/api/session')
@Describes({
  list: internal,
  end: internal,
  endOthers: internal,
  signOut: internal,
  signOutEverywhere: internal,
})
export class SessionsController {
  constructor(
    private readonly sessions: OwnSessions,
    private readonly answers: SessionAnswers,
  ) {}

  @Get('sessions')
  @ForSession()
  async list(@Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply) {
    reply.header('cache-control', 'no-store');
    return { sessions: await this.sessions.list(visitOf(request)) };
  }

  @Delete('sessions/:sessionId')
  @HttpCode(204)
  @ForSession()
  end(@PathId('sessionId') sessionId: string, @Req() request: FastifyRequest): Promise<void> {
    return this.sessions.end(sessionId, visitOf(request));
  }

  /** All but the one that asks. */
  @Delete('others')
  @HttpCode(204)
  @ForSession()
  endOthers(@Req() request: FastifyRequest): Promise<void> {
    return this.sessions.endOthers(visitOf(request));
  }

  @Delete()
  @HttpCode(204)
  @ForSession({ pending: true })
  async signOut(
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<void> {
    await this.sessions.endThis(visitOf(request));
    this.answers.ended(reply);
  }

  @Delete('everywhere')
  @HttpCode(204)
  @ForSession()
  async signOutEverywhere(
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<void> {
    await this.sessions.endAll(visitOf(request));
    this.answers.ended(reply);
  }
}
