import { OwnPassword, SecondFactor } from '@imprest/application';
import { Describes, ForSession } from '@imprest/platform';
import { Controller, HttpCode, Post, Put, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { CheckedBody } from '../../http/checked-body.js';
import { CodeBody, NewSecondFactorBody, PasswordBody } from './requests.js';
import { SessionAnswers, visitOf } from './session-answers.js';

const internal = 'internal' as const;

/** How people prove who they are. */
@Controller('console/api/session')
@Describes({
  changePassword: internal,
  beginSecondFactor: internal,
  confirmSecondFactor: internal,
  removeSecondFactor: internal,
})
export class AccountController {
  constructor(
    private readonly password: OwnPassword,
    private readonly secondFactor: SecondFactor,
    private readonly answers: SessionAnswers,
  ) {}

  /** The browser goes on under a new cookie; all other sessions end. */
  @Put('password')
  @ForSession()
  async changePassword(
    @CheckedBody() body: PasswordBody,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    return this.answers.opened(await this.password.change(body, visitOf(request)), reply);
  }

  /** Wants the password of who has one. Answers with the secret, which is shown this once. */
  @Post('second-factor/new')
  @HttpCode(200)
  @ForSession()
  beginSecondFactor(
    @CheckedBody() { password }: NewSecondFactorBody,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    reply.header('cache-control', 'no-store');
    return this.secondFactor.begin(password, visitOf(request));
  }

  /** The browser goes on under a new cookie; all other sessions end. */
  @Put('second-factor')
  @ForSession()
  async confirmSecondFactor(
    @CheckedBody() { code }: CodeBody,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    return this.answers.opened(await this.secondFactor.confirm(code, visitOf(request)), reply);
  }

  /** The browser goes on under a new cookie; all other sessions end. */
  @Post('second-factor/remove')
  @HttpCode(200)
  @ForSession()
  async removeSecondFactor(
    @CheckedBody() { code }: CodeBody,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    return this.answers.opened(await this.secondFactor.remove(code, visitOf(request)), reply);
  }
}
