import { DomainFailure, SecondFactor, SigningIn, SigningUp } from '@imprest/application';
import { domainError } from '@imprest/domain';
import { CONFIG, type Config, Describes, ForSession, ForVisitor } from '@imprest/platform';
import { Controller, Get, HttpCode, Inject, Post, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { CheckedBody } from '../../http/checked-body.js';
import { CodeBody, LinkBody, SignInBody, SignUpBody } from './requests.js';
import { SessionAnswers, visitOf } from './session-answers.js';

const SIGN_UP_CLOSED = domainError(
  'forbidden',
  'sign-up is closed here (IMPREST_SIGN_UP): ask the operator for an invitation',
);

const internal = 'internal' as const;

/** The ways into the console. Each of them answers with where the page stands then. */
@Controller('console/api/session')
@Describes({
  current: internal,
  signIn: internal,
  signUp: internal,
  redeem: internal,
  showSecondFactor: internal,
})
export class SessionController {
  constructor(
    private readonly signingIn: SigningIn,
    private readonly signingUp: SigningUp,
    private readonly secondFactor: SecondFactor,
    private readonly answers: SessionAnswers,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  @Get()
  @ForVisitor()
  current(@Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply) {
    return this.answers.current(request, reply);
  }

  @Post()
  @HttpCode(200)
  @ForVisitor()
  async signIn(
    @CheckedBody() { email, password }: SignInBody,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const opened = await this.signingIn.byPassword(email, password, visitOf(request));
    return this.answers.opened(opened, reply);
  }

  @Post('sign-up')
  @HttpCode(200)
  @ForVisitor()
  async signUp(
    @CheckedBody() body: SignUpBody,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const { console, credits } = this.config;
    if (!console.signUpOpen) throw new DomainFailure(SIGN_UP_CLOSED);
    const welcomeTokens = BigInt(credits.forNewAccounts * credits.tokensPerCredit);
    const opened = await this.signingUp.signUp(body, welcomeTokens, visitOf(request));
    return this.answers.opened(opened, reply);
  }

  @Post('link')
  @HttpCode(200)
  @ForVisitor()
  async redeem(
    @CheckedBody() { token }: LinkBody,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    return this.answers.opened(await this.signingIn.byLink(token, visitOf(request)), reply);
  }

  @Post('second-factor')
  @HttpCode(200)
  @ForSession({ pending: true })
  async showSecondFactor(
    @CheckedBody() { code }: CodeBody,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    return this.answers.opened(await this.secondFactor.show(code, visitOf(request)), reply);
  }
}
