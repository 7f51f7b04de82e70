import {
  DomainFailure,
  OUTGOING_TARGET_GUARD,
  type OutgoingTargetGuard,
  WebhookEndpoints,
} from '@imprest/application';
import { validationError, webhookEventNames } from '@imprest/domain';
import { Describes, ForTenant } from '@imprest/platform';
import { Controller, Delete, Get, HttpCode, Inject, Patch, Post, Req } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { RotateBody } from '../admin/requests.js';
import { CheckedBody } from '../http/checked-body.js';
import { principalOf, tenantContext } from '../http/context.js';
import { PathId } from '../http/path-id.js';
import { webhookEndpointOperations } from '../openapi/operations/webhook-endpoints.js';
import { EndpointChangesBody, NewEndpointBody } from './requests.js';
import { settingsOfBody } from './settings-of-body.js';

const DAY_SECONDS = 86_400;

/** Where a tenant hears of what happens, without naming a URL in each request. */
@Controller('v1/webhook-endpoints')
@Describes(webhookEndpointOperations)
export class WebhookEndpointsController {
  constructor(
    private readonly endpoints: WebhookEndpoints,
    @Inject(OUTGOING_TARGET_GUARD) private readonly targets: OutgoingTargetGuard,
  ) {}

  @Post()
  @HttpCode(201)
  @ForTenant('webhooks:write')
  async register(@CheckedBody() body: NewEndpointBody, @Req() request: FastifyRequest) {
    await this.checkTarget(body.url);
    const { url, scheme = 'standard' } = body;
    const wanted = { events: webhookEventNames, ...settingsOfBody(body), url, scheme };
    return this.endpoints.register(principalOf(request).tenantId, wanted, tenantContext(request));
  }

  @Get()
  @ForTenant('webhooks:read')
  async list(@Req() request: FastifyRequest) {
    return { endpoints: await this.endpoints.list(principalOf(request).tenantId) };
  }

  @Get(':id')
  @ForTenant('webhooks:read')
  get(@PathId('id') id: string, @Req() request: FastifyRequest) {
    return this.endpoints.get(principalOf(request).tenantId, id);
  }

  @Patch(':id')
  @ForTenant('webhooks:write')
  async change(
    @PathId('id') id: string,
    @CheckedBody() body: EndpointChangesBody,
    @Req() request: FastifyRequest,
  ) {
    if (body.url !== undefined) await this.checkTarget(body.url);
    const { tenantId } = principalOf(request);
    return this.endpoints.change(tenantId, id, settingsOfBody(body), tenantContext(request));
  }

  @Delete(':id')
  @HttpCode(204)
  @ForTenant('webhooks:write')
  async remove(@PathId('id') id: string, @Req() request: FastifyRequest): Promise<void> {
    await this.endpoints.remove(principalOf(request).tenantId, id, tenantContext(request));
  }

  @Post(':id/secret/rotate')
  @HttpCode(200)
  @ForTenant('webhooks:write')
  rotateSecret(
    @PathId('id') id: string,
    @CheckedBody() { overlapSeconds }: RotateBody,
    @Req() request: FastifyRequest,
  ) {
    const { tenantId } = principalOf(request);
    const overlap = overlapSeconds ?? DAY_SECONDS;
    return this.endpoints.rotateSecret(tenantId, id, overlap, tenantContext(request));
  }

  @Post(':id/disable')
  @HttpCode(200)
  @ForTenant('webhooks:write')
  async disable(@PathId('id') id: string, @Req() request: FastifyRequest) {
    const { tenantId } = principalOf(request);
    const reason = 'disabled by the tenant';
    await this.endpoints.disable(tenantId, id, 'asked', reason, tenantContext(request));
    return this.endpoints.get(tenantId, id);
  }

  @Post(':id/enable')
  @HttpCode(200)
  @ForTenant('webhooks:write')
  async enable(@PathId('id') id: string, @Req() request: FastifyRequest) {
    const { tenantId } = principalOf(request);
    await this.endpoints.enable(tenantId, id, tenantContext(request));
    return this.endpoints.get(tenantId, id);
  }

  private async checkTarget(url: string): Promise<void> {
    const verdict = await this.targets.checkTarget(url);
    if (!verdict.ok) throw new DomainFailure(validationError('url', verdict.reason));
  }
}
