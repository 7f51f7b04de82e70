import type { BookedEntry } from '@imprest/domain';
import { type PlainTextTransaction, transactionOf } from './transactions.js';

const HEAD = `;; The double-entry books of token accounts. A debit is positive, a credit negative.
option "title" "Token accounts"
`;

const quoted = (text: string) => `"${text.replaceAll(/["\\\n\r]/g, ' ')}"`;

function metadata(name: string, value: string | null): string {
  return value === null ? '' : `  ${name}: ${quoted(value)}\n`;
}

function transactionText({ date, booked, lines }: PlainTextTransaction): string {
  const { position, entry } = booked;
  const facts =
    metadata('position', position.toString()) +
    metadata('tenant', entry.tenantId) +
    metadata('revision', String(entry.revision)) +
    metadata('generation', entry.generationId) +
    metadata('event', entry.eventId) +
    metadata('happened', entry.happenedAt) +
    metadata('known', entry.knownAt);
  const postings = lines.map(
    ({ account, amount, commodity }) => `  ${account}  ${amount} ${commodity}\n`,
  );
  return `\n${date} * ${quoted(entry.type)}\n${facts}${postings.join('')}`;
}

/**
 * A file for beancount (version 2): `bean-check` finds nothing. Accounts are opened on the day they are first
 * used. Memory holds the names of accounts: tenants and lots.
 */
export async function* beancountFile(
  pages: AsyncIterable<readonly BookedEntry[]>,
): AsyncGenerator<string> {
  yield HEAD;
  const opened = new Set<string>();
  for await (const page of pages) {
    let text = '';
    for (const booked of page) {
      const transaction = transactionOf(booked);
      if (transaction === undefined) continue;
      for (const { account } of transaction.lines) {
        if (!opened.has(account)) text += `${transaction.date} open ${account}\n`;
        opened.add(account);
      }
      text += transactionText(transaction);
    }
    yield text;
  }
}
