import { AcceptingInvitations, Tenants } from '@imprest/application';
import { Describes, ForVisitor } from '@imprest/platform';
import { Controller, HttpCode, Post, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { CheckedBody } from '../../http/checked-body.js';
import { InvitationBody, LinkBody } from './requests.js';
import { SessionAnswers, visitOf } from './session-answers.js';

const internal = 'internal' as const;

/** Links of invitations, for whoever was handed one. Their tokens are in no address. */
@Controller('console/api/session/invitations')
@Describes({ read: internal, accept: internal })
export class InvitationsController {
  constructor(
    private readonly invitations: AcceptingInvitations,
    private readonly tenants: Tenants,
    private readonly answers: SessionAnswers,
  ) {}

  @Post('shown')
  @HttpCode(200)
  @ForVisitor()
  async read(
    @CheckedBody() { token }: LinkBody,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    reply.header('cache-control', 'no-store');
    const { tenantId, ...terms } = await this.invitations.read(token, visitOf(request));
    return { ...terms, tenantName: (await this.tenants.name(tenantId)) ?? tenantId };
  }

  @Post()
  @HttpCode(200)
  @ForVisitor()
  async accept(
    @CheckedBody() { token, password }: InvitationBody,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const opened = await this.invitations.accept(token, password, visitOf(request));
    if (opened === undefined) return this.answers.current(request, reply);
    return this.answers.opened(opened, reply);
  }
}
