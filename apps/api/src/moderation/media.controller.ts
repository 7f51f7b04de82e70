import { CaseMediaViews, ModerationDesk, type ShownMedia } from '@imprest/application';
import { Describes, OperatorOnly } from '@imprest/platform';
import { Controller, Get, HttpCode, Post, Query, Req, Res } from '@nestjs/common';
import { RouteSchema } from '@nestjs/platform-fastify';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { ReasonBody } from '../admin/requests.js';
import { CheckedBody } from '../http/checked-body.js';
import { operatorContext, operatorOf } from '../http/context.js';
import { PathId } from '../http/path-id.js';
import { schemaFromClass } from '../http/schema-from-class.js';
import { moderationMediaOperations } from '../openapi/operations/moderation-media.js';
import { CaseAnswers } from './case-answers.js';
import { ViewQuery } from './requests.js';

/** What a case is about: blurred for every moderator, as it is for who has said why, and never to be kept. */
@Controller('admin/v1/moderation/cases/:id/media/:image')
@Describes(moderationMediaOperations)
export class ModerationMediaController {
  constructor(
    private readonly desk: ModerationDesk,
    private readonly views: CaseMediaViews,
    private readonly answers: CaseAnswers,
  ) {}

  @Get()
  @OperatorOnly('moderation')
  async blurred(
    @PathId('id') id: string,
    @PathId('image') image: string,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    show(reply, await this.views.blurred(await this.answers.view(id), image));
  }

  @Post('unblur')
  @HttpCode(200)
  @OperatorOnly('moderation')
  async unblur(
    @PathId('id') id: string,
    @PathId('image') image: string,
    @CheckedBody() { reason }: ReasonBody,
    @Req() request: FastifyRequest,
  ) {
    await this.desk.unblur(id, image, reason, operatorContext(request));
    const { expiresAt, signature } = this.views.pass(id, image, operatorOf(request).name);
    const path = `/admin/v1/moderation/cases/${id}/media/${image}/clear`;
    return {
      path: `${path}?expires=${expiresAt}&signature=${signature}`,
      expiresAt: new Date(expiresAt * 1_000).toISOString(),
    };
  }

  @Get('clear')
  @OperatorOnly('moderation')
  @RouteSchema({ querystring: schemaFromClass(ViewQuery) })
  async clear(
    @PathId('id') id: string,
    @PathId('image') image: string,
    @Query() { expires, signature }: ViewQuery,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const view = await this.answers.view(id);
    const pass = { expiresAt: Number(expires), signature };
    show(reply, await this.views.clear(view, image, operatorOf(request).name, pass));
  }
}

/** Shown in a page, kept nowhere. */
function show(reply: FastifyReply, { bytes, mediaType }: ShownMedia): void {
  reply.headers({
    'content-type': mediaType,
    'content-disposition': 'inline',
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
    'content-security-policy': "default-src 'none'; sandbox",
  });
  reply.status(200).send(Buffer.from(bytes));
}
