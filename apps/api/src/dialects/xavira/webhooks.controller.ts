import {
  DomainFailure,
  type OpenEndpoint,
  OUTGOING_TARGET_GUARD,
  type OutgoingTargetGuard,
  WebhookEndpoints,
} from '@imprest/application';
import { domainError, validationError, xaviraEventNames } from '@imprest/domain';
import { Describes, ForTenant } from '@imprest/platform';
import { Body, Controller, Delete, Get, HttpCode, Inject, Param, Post, Req } from '@nestjs/common';
import { RouteSchema } from '@nestjs/platform-fastify';
import type { FastifyRequest } from 'fastify';
import { principalOf, tenantContext } from '../../http/context.js';
import { schemaFromClass } from '../../http/schema-from-class.js';
import { webhookOperations } from '../../openapi/operations/xavira-webhooks.js';
import { XAVIRA } from './dialect.js';
import { toWebhook } from './mapping.js';
import { WebhookBody } from './requests.js';

@Controller('v1/webhooks')
@Describes(webhookOperations)
export class XaviraWebhooksController {
  constructor(
    private readonly endpoints: WebhookEndpoints,
    @Inject(OUTGOING_TARGET_GUARD) private readonly targets: OutgoingTargetGuard,
  ) {}

  @Post()
  @HttpCode(201)
  @ForTenant('webhooks:write', 'polling', XAVIRA)
  @RouteSchema({ body: schemaFromClass(WebhookBody) })
  async register(@Body() { url, events }: WebhookBody, @Req() request: FastifyRequest) {
    const verdict = await this.targets.checkTarget(url);
    if (!verdict.ok) throw new DomainFailure(validationError('url', verdict.reason));
    const { tenantId } = principalOf(request);
    const wanted = { url, scheme: 'xavira', events: events ?? xaviraEventNames } as const;
    const made = await this.endpoints.register(tenantId, wanted, tenantContext(request));
    return { ...toWebhook(made), secret: made.secret };
  }

  @Get()
  @ForTenant('webhooks:write', 'polling', XAVIRA)
  async list(@Req() request: FastifyRequest) {
    const own = await this.endpoints.list(principalOf(request).tenantId);
    return { webhooks: own.filter(isOfDialect).map(toWebhook) };
  }

  @Get(':webhook_id')
  @ForTenant('webhooks:write', 'polling', XAVIRA)
  async get(@Param('webhook_id') id: string, @Req() request: FastifyRequest) {
    return toWebhook(await this.find(id, request));
  }

  @Delete(':webhook_id')
  @HttpCode(204)
  @ForTenant('webhooks:write', 'polling', XAVIRA)
  async remove(@Param('webhook_id') id: string, @Req() request: FastifyRequest): Promise<void> {
    await this.find(id, request);
    await this.endpoints.remove(principalOf(request).tenantId, id, tenantContext(request));
  }

  /** @throws DomainFailure not_found, also for one that was registered elsewhere */
  private async find(id: string, request: FastifyRequest): Promise<OpenEndpoint> {
    const endpoint = await this.endpoints.get(principalOf(request).tenantId, id);
    if (isOfDialect(endpoint)) return endpoint;
    throw new DomainFailure(domainError('not_found', `there is no webhook ${id}`));
  }
}

const isOfDialect = ({ scheme }: OpenEndpoint) => scheme === 'xavira';
