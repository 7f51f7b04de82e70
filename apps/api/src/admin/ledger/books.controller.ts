import { Describes, OperatorOnly } from '@imprest/platform';
import { LedgerQueries } from '@imprest/read-models';
import { Controller, Get, Query, Req, Res } from '@nestjs/common';
import { RouteSchema } from '@nestjs/platform-fastify';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { pageLimit, time } from '../../http/page-limit.js';
import { schemaFromClass } from '../../http/schema-from-class.js';
import { booksOperations } from '../../openapi/operations/ledger.js';
import {
  accountColumns,
  balanceColumns,
  journalColumns,
  journalLines,
  lotColumns,
  trialBalanceColumns,
  trialBalanceLines,
} from './columns.js';
import { AccountsQuery, BooksQuery, JournalQuery, LotsQuery } from './requests.js';
import { csvAnswer, wantsCsv } from './tabular-answer.js';

const MOST_ROWS = 1_000;
const ROWS = 100;

/** Where and when a question looks at the books. */
function scopeOf({ tenantId, asOf, knownAt }: BooksQuery) {
  return { tenantId, asOf: time('asOf', asOf), knownAt: time('knownAt', knownAt) };
}

/** The books as an auditor reads them, now or at a time: every list as JSON or as CSV. */
@Controller('admin/v1/ledger')
@Describes(booksOperations)
export class BooksController {
  constructor(private readonly ledger: LedgerQueries) {}

  @Get('trial-balance')
  @OperatorOnly('finance')
  @RouteSchema({ querystring: schemaFromClass(BooksQuery) })
  async trialBalance(
    @Query() query: BooksQuery,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const balance = await this.ledger.trialBalance(scopeOf(query));
    if (!wantsCsv(request, query.format)) return balance;
    const rows = trialBalanceLines(balance);
    return csvAnswer(reply, { name: 'trial-balance', columns: trialBalanceColumns, rows });
  }

  @Get('accounts')
  @OperatorOnly('finance')
  @RouteSchema({ querystring: schemaFromClass(AccountsQuery) })
  async accounts(
    @Query() query: AccountsQuery,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const { items, nextCursor } = await this.ledger.accounts(this.accountFilter(query));
    if (!wantsCsv(request, query.format)) return { accounts: items, nextCursor };
    return csvAnswer(reply, { name: 'accounts', columns: accountColumns, rows: items, nextCursor });
  }

  @Get('balances')
  @OperatorOnly('finance')
  @RouteSchema({ querystring: schemaFromClass(AccountsQuery) })
  async balances(
    @Query() query: AccountsQuery,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const { items, nextCursor } = await this.ledger.accountBalances(this.accountFilter(query));
    if (!wantsCsv(request, query.format)) return { balances: items, nextCursor };
    return csvAnswer(reply, { name: 'balances', columns: balanceColumns, rows: items, nextCursor });
  }

  @Get('entries')
  @OperatorOnly('finance')
  @RouteSchema({ querystring: schemaFromClass(JournalQuery) })
  async entries(
    @Query() query: JournalQuery,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const { account, lotId, generationId, sort, cursor } = query;
    const { items, nextCursor } = await this.ledger.journal({
      ...scopeOf(query),
      ...{ account, lotId, generationId, sort, cursor },
      from: time('from', query.from),
      to: time('to', query.to),
      limit: pageLimit(query.limit, ROWS, MOST_ROWS),
    });
    if (!wantsCsv(request, query.format)) return { entries: items, nextCursor };
    const rows = journalLines(items);
    return csvAnswer(reply, { name: 'journal', columns: journalColumns, rows, nextCursor });
  }

  @Get('lots')
  @OperatorOnly('finance')
  @RouteSchema({ querystring: schemaFromClass(LotsQuery) })
  async lots(
    @Query() { tenantId, format }: LotsQuery,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const lots = await this.ledger.lots({ tenantId });
    if (!wantsCsv(request, format)) return { lots };
    return csvAnswer(reply, { name: 'lots', columns: lotColumns, rows: lots });
  }

  private accountFilter(query: AccountsQuery) {
    const { accountClass, account, cursor, limit } = query;
    const page = { cursor, limit: pageLimit(limit, ROWS, MOST_ROWS) };
    return { ...scopeOf(query), accountClass, account, ...page };
  }
}
