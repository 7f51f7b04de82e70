import {
  DeciderRunner,
  DomainFailure,
  EVENT_STORE,
  type EventStore,
  PAYMENT_PROVIDERS,
  type PaymentProviders,
  receiptOf,
  TOP_UP_PACKAGES,
  TopUpOrders,
  type TopUpPackages,
  tenantStream,
} from '@imprest/application';
import { domainError } from '@imprest/domain';
import { CONFIG, type Config, Describes, ForTenant } from '@imprest/platform';
import { TopUpQueries } from '@imprest/read-models';
import { Controller, Get, Inject, Post, Query, Req, Res } from '@nestjs/common';
import { RouteSchema } from '@nestjs/platform-fastify';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { CheckedBody } from '../http/checked-body.js';
import { principalOf, tenantContext } from '../http/context.js';
import { pageLimit, time } from '../http/page-limit.js';
import { PathId } from '../http/path-id.js';
import { baseUrl, idempotencyKey } from '../http/request-headers.js';
import { schemaFromClass } from '../http/schema-from-class.js';
import { packageOperations, topUpOperations } from '../openapi/operations/top-ups.js';
import { packageAnswer, topUpAnswer } from './answers.js';
import { topUpOf } from './own-top-up.js';
import { receiptPage, receiptText } from './receipt-page.js';
import { OrderTopUpBody, ReceiptQuery, TopUpsQuery } from './requests.js';

/** Nothing is loaded and nothing runs in a page that is to be printed. */
const PRINT_POLICY = "default-src 'none'; style-src 'unsafe-inline'";

/** What tokens are sold for. */
@Controller('v1/top-up-packages')
@Describes(packageOperations)
export class TopUpPackagesController {
  constructor(
    @Inject(TOP_UP_PACKAGES) private readonly packages: TopUpPackages,
    @Inject(PAYMENT_PROVIDERS) private readonly providers: PaymentProviders,
  ) {}

  @Get()
  @ForTenant('balance:read')
  list() {
    const { version, packages, manualInstructions } = this.packages;
    return {
      version,
      packages: packages.map(packageAnswer),
      providers: [...this.providers.keys()],
      manualInstructions,
    };
  }
}

/** A tenant's orders of tokens. */
@Controller('v1/top-ups')
@Describes(topUpOperations)
export class TopUpsController {
  constructor(
    private readonly orders: TopUpOrders,
    private readonly topUps: TopUpQueries,
    private readonly runner: DeciderRunner,
    @Inject(TOP_UP_PACKAGES) private readonly packages: TopUpPackages,
    @Inject(EVENT_STORE) private readonly store: EventStore,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  @Post()
  @ForTenant('top_ups:write', 'images')
  async order(
    @CheckedBody() body: OrderTopUpBody,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const { tenantId } = principalOf(request);
    const order = {
      tenantId,
      packageId: body.package,
      currency: body.currency ?? undefined,
      provider: body.provider,
      returnUrl: body.returnUrl ?? baseUrl(request, this.config.publicUrl),
      idempotencyKey: idempotencyKey(request),
    };
    const { id, replayed } = await this.orders.order(order, tenantContext(request));
    if (replayed) reply.header('idempotency-replayed', 'true');
    reply.status(201);
    return topUpAnswer(await topUpOf(this.store, id, tenantId));
  }

  @Get()
  @ForTenant('balance:read')
  @RouteSchema({ querystring: schemaFromClass(TopUpsQuery) })
  async list(@Query() query: TopUpsQuery, @Req() request: FastifyRequest) {
    const page = await this.topUps.list({
      tenantId: principalOf(request).tenantId,
      status: query.status,
      from: time('from', query.from),
      to: time('to', query.to),
      sort: query.sort,
      cursor: query.cursor,
      limit: pageLimit(query.limit),
    });
    return { topUps: page.items.map(topUpAnswer), nextCursor: page.nextCursor };
  }

  /** From the top-up's own stream: never behind. */
  @Get(':id')
  @ForTenant('balance:read')
  async get(@PathId('id') id: string, @Req() request: FastifyRequest) {
    return topUpAnswer(await topUpOf(this.store, id, principalOf(request).tenantId));
  }

  @Get(':id/receipt')
  @ForTenant('balance:read')
  @RouteSchema({ querystring: schemaFromClass(ReceiptQuery) })
  async receipt(
    @PathId('id') id: string,
    @Query() { format }: ReceiptQuery,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const { tenantId } = principalOf(request);
    const record = await topUpOf(this.store, id, tenantId);
    const name = await this.runner.read(tenantStream, tenantId, (state) => state.name ?? tenantId);
    const receipt = receiptOf(record, this.packages.seller, name);
    if (receipt === undefined) {
      throw new DomainFailure(domainError('conflict', 'nothing has been credited yet'));
    }
    if (format === 'html') {
      reply.header('content-type', 'text/html; charset=utf-8');
      reply.header('content-security-policy', PRINT_POLICY);
      return receiptPage(receipt);
    }
    if (format !== 'text') return receipt;
    reply.header('content-type', 'text/plain; charset=utf-8');
    return receiptText(receipt);
  }
}
