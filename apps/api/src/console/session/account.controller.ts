import { asUser, OwnAccount, SecondFactor } from '@imprest/application';
import { Describes, ForSession } from '@imprest/platform';
import { Controller, Delete, HttpCode, Post, Put, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { CheckedBody } from '../../http/checked-body.js';
import { CodeBody, NewSecondFactorBody, PasswordBody } from './requests.js';
import { SessionAnswers, visitOf } from './session-answers.js';

const internal = 'internal' as const;

function userIdOf({ session }: FastifyRequest): string {
  if (session === null) throw new Error('the route is open to sessions of the console only');
  return session.userId;
}

const contextOf = (request: FastifyRequest) => asUser(visitOf(request), userIdOf(request));

/** What people do with their own account. */
@Controller('console/api/session')
@Describes({
  changePassword: internal,
  signOutEverywhere: internal,
  beginSecondFactor: internal,
  confirmSecondFactor: internal,
  removeSecondFactor: internal,
})
export class AccountController {
  constructor(
    private readonly account: OwnAccount,
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
    return this.answers.opened(await this.account.changePassword(body, visitOf(request)), reply);
  }

  @Delete('everywhere')
  @HttpCode(204)
  @ForSession()
  async signOutEverywhere(
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<void> {
    await this.account.signOutEverywhere(visitOf(request));
    this.answers.ended(reply);
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

  @Post('second-factor/remove')
  @HttpCode(200)
  @ForSession()
  async removeSecondFactor(
    @CheckedBody() { code }: CodeBody,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    await this.secondFactor.remove(userIdOf(request), code, contextOf(request));
    return this.answers.current(request, reply);
  }
}
