import { Describes, OperatorOnly } from '@imprest/platform';
import { LedgerQueries } from '@imprest/read-models';
import { Controller, Get, Query, Req, Res } from '@nestjs/common';
import { RouteSchema } from '@nestjs/platform-fastify';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { time } from '../../http/page-limit.js';
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
import { csvAnswer, listAnswer, wantsCsv } from './tabular-answer.js';

const LIMITS = [100, 1_000] as const;

/** Where and when a question looks at the books. */
function scopeOf({ tenantId, asOf, knownAt }: BooksQuery) {
  return { tenantId, asOf: time('asOf', asOf), knownAt: time('knownAt', knownAt) };
}

function accountFilter(query: AccountsQuery) {
  const { accountClass, account } = query;
  return { ...scopeOf(query), accountClass, account };
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
    const filter = accountFilter(query);
    return listAnswer(request, reply, {
      ...{ query, limits: LIMITS },
      page: (at) => this.ledger.accounts({ ...filter, ...at }),
      json: ({ items: accounts, nextCursor }) => ({ accounts, nextCursor }),
      csv: { name: 'accounts', columns: accountColumns, rows: (items) => items },
    });
  }

  @Get('balances')
  @OperatorOnly('finance')
  @RouteSchema({ querystring: schemaFromClass(AccountsQuery) })
  async balances(
    @Query() query: AccountsQuery,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const filter = accountFilter(query);
    return listAnswer(request, reply, {
      ...{ query, limits: LIMITS },
      page: (at) => this.ledger.accountBalances({ ...filter, ...at }),
      json: ({ items: balances, nextCursor }) => ({ balances, nextCursor }),
      csv: { name: 'balances', columns: balanceColumns, rows: (items) => items },
    });
  }

  @Get('entries')
  @OperatorOnly('finance')
  @RouteSchema({ querystring: schemaFromClass(JournalQuery) })
  async entries(
    @Query() query: JournalQuery,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const { account, lotId, generationId, sort } = query;
    const filter = {
      ...scopeOf(query),
      ...{ account, lotId, generationId, sort },
      from: time('from', query.from),
      to: time('to', query.to),
    };
    return listAnswer(request, reply, {
      ...{ query, limits: LIMITS },
      page: (at) => this.ledger.journal({ ...filter, ...at }),
      json: ({ items: entries, nextCursor }) => ({ entries, nextCursor }),
      csv: { name: 'journal', columns: journalColumns, rows: journalLines },
    });
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
}
