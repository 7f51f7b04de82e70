import { AccountingPeriods, type PeriodClose } from '@imprest/application';
import { Describes, OperatorOnly } from '@imprest/platform';
import { RevenueQueries } from '@imprest/read-models';
import { Controller, Get, HttpCode, Post, Query, Req, Res } from '@nestjs/common';
import { RouteSchema } from '@nestjs/platform-fastify';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { CheckedBody } from '../../http/checked-body.js';
import { operatorContext } from '../../http/context.js';
import { schemaFromClass } from '../../http/schema-from-class.js';
import { revenueView } from '../../ledger/revenue-view.js';
import { periodOperations } from '../../openapi/operations/ledger.js';
import { closeColumns, revenueTableColumns } from './columns.js';
import { FormatQuery, MonthBody, MonthQuery } from './requests.js';
import { csvAnswer, wantsCsv } from './tabular-answer.js';

function closeView(close: PeriodClose) {
  return {
    ...close,
    entries: close.entries.toString(),
    trialBalance: close.trialBalance.map(({ accountClass, currency, tokens, minorUnits }) => ({
      accountClass,
      tokens: tokens.toString(),
      money: currency === null ? null : { currency, minorUnits: minorUnits.toString() },
    })),
  };
}

/** Months of the books: what they earned, and how they become final. */
@Controller('admin/v1/ledger')
@Describes(periodOperations)
export class PeriodsController {
  constructor(
    private readonly periods: AccountingPeriods,
    private readonly revenue: RevenueQueries,
  ) {}

  @Get('revenue')
  @OperatorOnly('finance')
  @RouteSchema({ querystring: schemaFromClass(MonthQuery) })
  async revenueOf(
    @Query() { month, tenantId, format }: MonthQuery,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const bounds = await this.periods.bounds(month);
    const rows = await this.revenue.month(bounds, tenantId);
    if (wantsCsv(request, format)) {
      return csvAnswer(reply, { name: `revenue-${month}`, columns: revenueTableColumns, rows });
    }
    return { month, closed: bounds.upTo !== undefined, rows: rows.map(revenueView) };
  }

  @Get('closes')
  @OperatorOnly('finance')
  @RouteSchema({ querystring: schemaFromClass(FormatQuery) })
  async closes(
    @Query() { format }: FormatQuery,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const rows = await this.periods.closes();
    if (wantsCsv(request, format)) {
      return csvAnswer(reply, { name: 'closes', columns: closeColumns, rows });
    }
    return { closes: rows.map(closeView) };
  }

  @Post('closes')
  @HttpCode(201)
  @OperatorOnly('finance')
  async close(@CheckedBody() { month, reason }: MonthBody, @Req() request: FastifyRequest) {
    const context = operatorContext(request);
    return closeView(await this.periods.close(month, reason ?? null, context));
  }
}
