import { DomainFailure, WebhookRedelivery } from '@imprest/application';
import { domainError } from '@imprest/domain';
import { Describes, ForTenant } from '@imprest/platform';
import { WebhookQueries } from '@imprest/read-models';
import { Controller, Get, HttpCode, Post, Query, Req } from '@nestjs/common';
import { RouteSchema } from '@nestjs/platform-fastify';
import type { FastifyRequest } from 'fastify';
import { principalOf, tenantContext } from '../../http/context.js';
import { pageLimit } from '../../http/page-limit.js';
import { PathId } from '../../http/path-id.js';
import { schemaFromClass } from '../../http/schema-from-class.js';
import { webhookMessageOperations } from '../../openapi/operations/webhook-messages.js';
import { AttemptViews } from '../../webhook-attempts/attempt-views.js';
import { DIALECT } from './generations.controller.js';
import { WebhookMessagesQuery } from './requests.js';

/** What became of the tenant's webhooks, and how to have one again. */
@Controller('v1/webhook-messages')
@Describes(webhookMessageOperations)
export class XmodeWebhookMessagesController {
  constructor(
    private readonly messages: WebhookQueries,
    private readonly redelivery: WebhookRedelivery,
    private readonly attempts: AttemptViews,
  ) {}

  @Get()
  @ForTenant('generations:read', 'polling', DIALECT)
  @RouteSchema({ querystring: schemaFromClass(WebhookMessagesQuery) })
  async list(@Query() query: WebhookMessagesQuery, @Req() request: FastifyRequest) {
    const { tenantId } = principalOf(request);
    const { limit, ...wanted } = query;
    const filter = { ...wanted, tenantId, limit: pageLimit(limit) };
    const page = await this.messages.listMessages(filter);
    return { messages: page.items.map(answer), nextCursor: page.nextCursor };
  }

  @Get(':id')
  @ForTenant('generations:read', 'polling', DIALECT)
  async get(@PathId('id') id: string, @Req() request: FastifyRequest) {
    const message = await this.own(id, request);
    return { ...answer(message), log: await this.messages.attempts(id) };
  }

  @Get(':id/attempts')
  @ForTenant('generations:read', 'polling', DIALECT)
  async listAttempts(@PathId('id') id: string, @Req() request: FastifyRequest) {
    await this.own(id, request);
    return { attempts: await this.attempts.ofMessage(id) };
  }

  @Post(':id/redeliver')
  @HttpCode(202)
  @ForTenant('webhooks:write', 'polling', DIALECT)
  async redeliver(@PathId('id') id: string, @Req() request: FastifyRequest) {
    const { tenantId } = principalOf(request);
    await this.redelivery.redeliver(tenantId, id, tenantContext(request));
    return { id, status: 'pending' };
  }

  /** @throws DomainFailure not_found */
  private async own(id: string, request: FastifyRequest) {
    const message = await this.messages.get(id);
    if (message?.tenantId === principalOf(request).tenantId) return message;
    throw new DomainFailure(domainError('not_found', `there is no webhook message ${id}`));
  }
}

function answer<T extends { readonly tenantId: string }>({ tenantId: _, ...message }: T) {
  return message;
}
