import { type BookedEntry, decimalAmount } from '@imprest/domain';
import { type PlainTextTransaction, TOKEN, transactionOf } from './transactions.js';

const HEAD = `; The double-entry books of token accounts. A debit is positive, a credit negative.
decimal-mark .
commodity 1. ${TOKEN}
`;

const WIDTH = 60;

/** A directive needs a decimal mark even where there are no decimals. */
function commodityOf(currency: string): string {
  const one = decimalAmount({ minorUnits: 1000n, currency });
  return `commodity ${one.includes('.') ? one : `${one}.`} ${currency}\n`;
}

/** Values of tags end at a comma. */
const tag = (name: string, value: string | number | bigint | null) =>
  value === null ? [] : [`${name}:${String(value).replaceAll(/[,\n\r]/g, ' ')}`];

/** Accounts and commodities are declared before they are used, so that strict checks pass. */
class Declarations {
  private readonly accounts = new Set<string>();
  private readonly commodities = new Set([TOKEN]);

  before({ lines }: PlainTextTransaction): string {
    let text = '';
    for (const { account, commodity } of lines) {
      if (!this.commodities.has(commodity)) text += commodityOf(commodity);
      if (!this.accounts.has(account)) text += `account ${account}\n`;
      this.commodities.add(commodity);
      this.accounts.add(account);
    }
    return text;
  }
}

function transactionText({ date, booked, lines }: PlainTextTransaction): string {
  const { position, entry } = booked;
  const happened = entry.happenedAt.slice(0, 10);
  const second = happened === date ? '' : `=${happened}`;
  const tags = [
    ...tag('tenant', entry.tenantId),
    ...tag('revision', entry.revision),
    ...tag('generation', entry.generationId),
    ...tag('event', entry.eventId),
    ...tag('known', entry.knownAt),
  ];
  const postings = lines.map(
    ({ account, amount, commodity }) => `    ${account.padEnd(WIDTH)}  ${amount} ${commodity}\n`,
  );
  return `\n${date}${second} * (${position}) ${entry.type}  ; ${tags.join(', ')}\n${postings.join('')}`;
}

/**
 * A journal for hledger (format of 1.25 and later): sorted by date, strict checks pass. Memory holds the
 * names of accounts: tenants and lots.
 */
export async function* hledgerJournal(
  pages: AsyncIterable<readonly BookedEntry[]>,
): AsyncGenerator<string> {
  yield HEAD;
  const declarations = new Declarations();
  for await (const page of pages) {
    let text = '';
    for (const booked of page) {
      const transaction = transactionOf(booked);
      if (transaction === undefined) continue;
      text += declarations.before(transaction) + transactionText(transaction);
    }
    yield text;
  }
}
