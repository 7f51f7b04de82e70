import {
  CLOCK,
  type Clock,
  DomainFailure,
  EVENT_STORE,
  type EventStore,
  type ManualCredit,
  newId,
  TopUpDesk,
} from '@imprest/application';
import { isSoldIn, type Money, parseAmount, validationError } from '@imprest/domain';
import { CONFIG, type Config, Describes, OperatorOnly } from '@imprest/platform';
import { TopUpQueries } from '@imprest/read-models';
import { Controller, Get, HttpCode, Inject, Post, Query, Req } from '@nestjs/common';
import { RouteSchema } from '@nestjs/platform-fastify';
import type { FastifyRequest } from 'fastify';
import { CheckedBody } from '../http/checked-body.js';
import { operatorContext, operatorOf } from '../http/context.js';
import { pageLimit, time } from '../http/page-limit.js';
import { CreatedPageQuery } from '../http/page-query.js';
import { PathId } from '../http/path-id.js';
import { schemaFromClass } from '../http/schema-from-class.js';
import {
  manualCreditOperations,
  notificationsRoute,
  topUpDeskOperations,
} from '../openapi/operations/top-up-desk.js';
import { topUpForOperators } from './answers.js';
import { topUpOf } from './own-top-up.js';
import { AllTopUpsQuery, ManualPaymentBody, RefundBody, ReviewBody } from './requests.js';

/** @throws DomainFailure validation_error */
function moneyOf(amount: string, currency: string): Money {
  if (!isSoldIn(currency)) {
    throw new DomainFailure(validationError('currency', 'is not one that tokens are sold in'));
  }
  const money = parseAmount(amount, currency);
  if (money !== undefined) return money;
  throw new DomainFailure(validationError('amount', `has more decimals than ${currency}`));
}

function paymentOf(body: ManualPaymentBody, ordered: bigint): ManualCredit {
  const { amount, currency, reference, reason } = body;
  const tokens = body.tokens === undefined ? ordered : BigInt(body.tokens);
  return { tokens, received: moneyOf(amount, currency), reference, reason };
}

/** What operators do by hand. */
@Controller('admin/v1/top-ups')
@Describes(topUpDeskOperations, notificationsRoute)
export class TopUpDeskController {
  constructor(
    private readonly desk: TopUpDesk,
    private readonly topUps: TopUpQueries,
    @Inject(EVENT_STORE) private readonly store: EventStore,
    @Inject(CONFIG) private readonly config: Config,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  @Get()
  @OperatorOnly('finance')
  @RouteSchema({ querystring: schemaFromClass(AllTopUpsQuery) })
  async list(@Query() query: AllTopUpsQuery) {
    const { tenantId, status, provider, sort, cursor } = query;
    const page = await this.topUps.list({
      ...{ tenantId, status, provider, sort, cursor },
      from: time('from', query.from),
      to: time('to', query.to),
      limit: pageLimit(query.limit),
    });
    return { topUps: page.items.map(topUpForOperators), nextCursor: page.nextCursor };
  }

  @Get('under-review')
  @OperatorOnly('finance')
  @RouteSchema({ querystring: schemaFromClass(CreatedPageQuery) })
  async underReview(@Query() { limit, ...asked }: CreatedPageQuery) {
    const page = await this.topUps.underReview({ ...asked, limit: pageLimit(limit) });
    return { topUps: page.items.map(topUpForOperators), nextCursor: page.nextCursor };
  }

  @Get(':id')
  @OperatorOnly('finance')
  async get(@PathId('id') id: string) {
    return topUpForOperators(await topUpOf(this.store, id));
  }

  @Post(':id/payments')
  @HttpCode(200)
  @OperatorOnly('finance')
  async recordPayment(
    @PathId('id') id: string,
    @CheckedBody() body: ManualPaymentBody,
    @Req() request: FastifyRequest,
  ) {
    const { state } = await topUpOf(this.store, id);
    const payment = paymentOf(body, state.terms?.tokens ?? 0n);
    const context = operatorContext(request);
    await this.desk.recordPayment(id, payment, operatorOf(request), this.limit, context);
    return this.get(id);
  }

  @Post(':id/review')
  @HttpCode(200)
  @OperatorOnly('finance')
  async review(
    @PathId('id') id: string,
    @CheckedBody() { decision, reason, tokens }: ReviewBody,
    @Req() request: FastifyRequest,
  ) {
    await topUpOf(this.store, id);
    const terms = { reason, tokens: tokens === undefined ? null : BigInt(tokens) };
    const context = operatorContext(request);
    await this.desk.decide(id, decision, terms, operatorOf(request), this.limit, context);
    return this.get(id);
  }

  @Post(':id/refunds')
  @HttpCode(202)
  @OperatorOnly('finance')
  async refund(
    @PathId('id') id: string,
    @CheckedBody() body: RefundBody,
    @Req() request: FastifyRequest,
  ) {
    const { state } = await topUpOf(this.store, id);
    const currency = state.payment?.received.currency ?? state.terms?.price.currency ?? '';
    const { amount, reason } = body;
    const minorUnits = amount === undefined ? null : moneyOf(amount, currency).minorUnits;
    const requestId = body.refundId ?? newId('ref', this.clock.now().getTime());
    const refund = { requestId, minorUnits, reason };
    await this.desk.refund(id, refund, operatorOf(request), operatorContext(request));
    return this.get(id);
  }

  private get limit(): bigint {
    return this.config.payments.manualCreditLimit;
  }
}

/** Credits that begin with a payment, without an order. */
@Controller('admin/v1/tenants')
@Describes(manualCreditOperations)
export class ManualCreditsController {
  constructor(
    private readonly desk: TopUpDesk,
    @Inject(EVENT_STORE) private readonly store: EventStore,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  @Post(':tenantId/manual-credits')
  @OperatorOnly('finance')
  async credit(
    @PathId('tenantId') tenantId: string,
    @CheckedBody() body: ManualPaymentBody,
    @Req() request: FastifyRequest,
  ) {
    if (body.tokens === undefined || body.tokens === null) {
      throw new DomainFailure(validationError('tokens', 'is required'));
    }
    const { manualCreditLimit } = this.config.payments;
    const credit = paymentOf(body, 0n);
    const operator = operatorOf(request);
    const context = operatorContext(request);
    const id = await this.desk.creditByHand(tenantId, credit, operator, manualCreditLimit, context);
    return topUpForOperators(await topUpOf(this.store, id));
  }
}
