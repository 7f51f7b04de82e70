import {
  DomainFailure,
  type OpenEndpoint,
  OUTGOING_TARGET_GUARD,
  type OutgoingTargetGuard,
  WebhookEndpoints,
} from '@imprest/application';
import { validationError, webhookEventNames } from '@imprest/domain';
import { CONFIG, type Config, Describes, ForTenant } from '@imprest/platform';
import { Controller, Delete, Get, HttpCode, Inject, Patch, Post, Req } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { RotateBody } from '../admin/requests.js';
import { CheckedBody } from '../http/checked-body.js';
import { principalOf, tenantContext } from '../http/context.js';
import { PathId } from '../http/path-id.js';
import { baseUrl } from '../http/request-headers.js';
import { webhookEndpointOperations } from '../openapi/operations/webhook-endpoints.js';
import { EndpointHealths } from './endpoint-healths.js';
import { EndpointChangesBody, NewEndpointBody } from './requests.js';
import { settingsOfBody } from './settings-of-body.js';
import { shownEndpoint } from './shown-endpoint.js';

const DAY_SECONDS = 86_400;

/** Where a tenant hears of what happens, without naming a URL in each request. */
@Controller('v1/webhook-endpoints')
@Describes(webhookEndpointOperations)
export class WebhookEndpointsController {
  constructor(
    private readonly endpoints: WebhookEndpoints,
    private readonly healths: EndpointHealths,
    @Inject(OUTGOING_TARGET_GUARD) private readonly targets: OutgoingTargetGuard,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  @Post()
  @HttpCode(201)
  @ForTenant('webhooks:write')
  async register(@CheckedBody() body: NewEndpointBody, @Req() request: FastifyRequest) {
    await this.checkTarget(body.url);
    const { url, scheme = 'standard' } = body;
    const wanted = { events: webhookEventNames, ...settingsOfBody(body), url, scheme };
    const { tenantId } = principalOf(request);
    const endpoint = await this.endpoints.register(tenantId, wanted, tenantContext(request));
    return this.shown(endpoint, request);
  }

  @Get()
  @ForTenant('webhooks:read')
  async list(@Req() request: FastifyRequest) {
    const { tenantId } = principalOf(request);
    const endpoints = await this.healths.of(tenantId, await this.endpoints.list(tenantId));
    return { endpoints: endpoints.map((endpoint) => this.shown(endpoint, request)) };
  }

  @Get(':id')
  @ForTenant('webhooks:read')
  async get(@PathId('id') id: string, @Req() request: FastifyRequest) {
    const { tenantId } = principalOf(request);
    const [endpoint] = await this.healths.of(tenantId, [await this.endpoints.get(tenantId, id)]);
    return this.shown(endpoint as OpenEndpoint, request);
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
    const wanted = settingsOfBody(body);
    const endpoint = await this.endpoints.change(tenantId, id, wanted, tenantContext(request));
    return this.shown(endpoint, request);
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
    return this.get(id, request);
  }

  @Post(':id/enable')
  @HttpCode(200)
  @ForTenant('webhooks:write')
  async enable(@PathId('id') id: string, @Req() request: FastifyRequest) {
    const { tenantId } = principalOf(request);
    await this.endpoints.enable(tenantId, id, tenantContext(request));
    return this.get(id, request);
  }

  private shown<E extends OpenEndpoint>(endpoint: E, request: FastifyRequest) {
    const base = baseUrl(request, this.config.publicUrl);
    return shownEndpoint(principalOf(request).tenantId, endpoint, base);
  }

  private async checkTarget(url: string): Promise<void> {
    const verdict = await this.targets.checkTarget(url);
    if (!verdict.ok) throw new DomainFailure(validationError('url', verdict.reason));
  }
}
