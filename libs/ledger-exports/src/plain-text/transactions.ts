import {
  type BookedEntry,
  decimalAmount,
  type Month,
  monthOf,
  type Posting,
} from '@imprest/domain';
import { plainTextAccount } from './account-names.js';

/** Commodity of tokens beside the currencies. */
export const TOKEN = 'IMT';

/** A line of a transaction: tokens and money of one posting are two of them. */
export interface PlainTextLine {
  readonly account: string;
  readonly amount: string;
  readonly commodity: string;
}

/** An entry as plain-text accounting has it. Lines sum to zero for each commodity. */
export interface PlainTextTransaction {
  /** `2025-01-31`: when it happened, or the first day of the month it is booked in. */
  readonly date: string;
  readonly booked: BookedEntry;
  readonly lines: readonly PlainTextLine[];
}

/** A month that was closed takes no entry any more: a late one stands at the beginning of its own month. */
function dateOf(happenedAt: string, month: Month): string {
  return monthOf(happenedAt) === month ? happenedAt.slice(0, 10) : `${month}-01`;
}

function linesOf(tenantId: string, { account, lotId, tokens, money }: Posting): PlainTextLine[] {
  const name = plainTextAccount(tenantId, account, lotId);
  const lines: PlainTextLine[] = [];
  if (tokens !== 0n) lines.push({ account: name, amount: tokens.toString(), commodity: TOKEN });
  if (money !== null && money.minorUnits !== 0n) {
    lines.push({ account: name, amount: decimalAmount(money), commodity: money.currency });
  }
  return lines;
}

/** Undefined for an entry that moves nothing. */
export function transactionOf(booked: BookedEntry): PlainTextTransaction | undefined {
  const { entry, month } = booked;
  const lines = entry.postings.flatMap((posting) => linesOf(entry.tenantId, posting));
  if (lines.length === 0) return undefined;
  return { date: dateOf(entry.happenedAt, month), booked, lines };
}
