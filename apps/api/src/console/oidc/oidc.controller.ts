import {
  CLOCK,
  type Clock,
  DomainFailure,
  ExternalSignIn,
  type ExternalTerms,
  invitationPath,
} from '@imprest/application';
import { CONFIG, type Config, Describes, ForVisitor, LOGGER } from '@imprest/platform';
import { Controller, Get, HttpCode, Inject, Post, Query, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Logger } from 'pino';
import { CheckedBody } from '../../http/checked-body.js';
import { baseUrl } from '../../http/request-headers.js';
import { LinkBody } from '../session/requests.js';
import { visitOf } from '../session/session-answers.js';
import { setSessionCookie } from '../session/session-cookie.js';
import {
  CALLBACK_PATH,
  forgetSignIn,
  type KeptSignIn,
  keepSignIn,
  keptSignIn,
  pageOf,
} from './ticket-cookie.js';

/** A page of the console, which shows what went wrong by its code; that of the invitation for who came by one. */
function problemPage(problem: string, invitation: string | undefined): string {
  if (invitation === undefined) return `/console/sign-in?problem=${problem}`;
  return invitationPath(invitation).replace('#', `?problem=${problem}#`);
}

/**
 * Signing in with an account of the operator's identity provider. It is the browser that goes there and comes back:
 * every answer sends it on, to a page that can say what happened.
 */
@Controller('console/api/session/oidc')
@Describes({ start: 'internal', startInvited: 'internal', callback: 'internal' })
export class OidcController {
  constructor(
    private readonly signIn: ExternalSignIn,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(CONFIG) private readonly config: Config,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  @Get()
  @ForVisitor()
  async start(
    @Query('returnTo') returnTo: unknown,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    await this.sendOn(request, reply, undefined, () =>
      this.begin(request, reply, { page: pageOf(returnTo), invitation: undefined }),
    );
  }

  /** By an invitation, whose token must be in no address that a server or a log sees: the page goes to the URL itself. */
  @Post()
  @HttpCode(200)
  @ForVisitor()
  async startInvited(
    @CheckedBody() { token: invitation }: LinkBody,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<{ readonly url: string }> {
    reply.header('cache-control', 'no-store');
    return { url: await this.begin(request, reply, { page: '/', invitation }) };
  }

  @Get('callback')
  @ForVisitor()
  async callback(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const { publicUrl } = this.config;
    const { ticket, page, invitation } = keptSignIn(request);
    forgetSignIn(reply, publicUrl);
    await this.sendOn(request, reply, invitation, async () => {
      const back = {
        query: new URL(request.url, 'http://callback').search,
        ticket,
        redirectUri: this.redirectUri(request),
        invitation,
      };
      const opened = await this.signIn.finish(back, this.terms(), visitOf(request));
      setSessionCookie(reply, publicUrl, opened, this.clock.now());
      return invitation === undefined ? `/console${page}` : invitationPath(invitation);
    });
  }

  /** @returns where the browser goes */
  private async begin(
    request: FastifyRequest,
    reply: FastifyReply,
    kept: Omit<KeptSignIn, 'ticket'>,
  ): Promise<string> {
    const { url, ticket } = await this.signIn.begin(this.redirectUri(request));
    keepSignIn(reply, this.config.publicUrl, { ...kept, ticket });
    return url;
  }

  private redirectUri(request: FastifyRequest): string {
    return `${baseUrl(request, this.config.publicUrl)}${CALLBACK_PATH}`;
  }

  private terms(): ExternalTerms {
    const { console, credits } = this.config;
    const welcomeTokens = BigInt(credits.forNewAccounts * credits.tokensPerCredit);
    return {
      emailDomains: console.openIdConnect?.emailDomains ?? [],
      welcomeTokens: console.signUpOpen ? welcomeTokens : undefined,
    };
  }

  private async sendOn(
    { id: requestId }: FastifyRequest,
    reply: FastifyReply,
    invitation: string | undefined,
    next: () => Promise<string>,
  ): Promise<void> {
    reply.headers({ 'cache-control': 'no-store', 'referrer-policy': 'no-referrer' });
    const location = await next().catch((error: unknown) => {
      if (!(error instanceof DomainFailure)) throw error;
      const { code, message } = error.error;
      const reason = error.cause instanceof Error ? error.cause.message : message;
      this.logger.warn({ requestId, code, reason }, 'sign-in by identity provider failed');
      return problemPage(code, invitation);
    });
    reply.status(303).header('location', location).send();
  }
}
