import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import {
  AccountBook,
  type BookedEntry,
  bookedIn,
  type ClosedMonth,
  decimalAmount,
  startOfMonth,
} from '@imprest/domain';
import { tokenAccountHistory } from '@imprest/testkit/arbitraries';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { plainTextAccount } from './account-names.js';
import { beancountFile } from './beancount.js';
import { hledgerJournal } from './hledger.js';
import { TOKEN } from './transactions.js';

const run = promisify(execFile);
const DAY_MS = 86_400_000;
const START_MS = Date.parse('2025-01-01T00:00:00.000Z');
const tenants = ['ten_a', 'ten_b'];
const closed: readonly ClosedMonth[] = [
  { month: '2025-01', upTo: 30n },
  { month: '2025-02', upTo: 60n },
];

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'imprest-exports-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** Entries of two accounts that take turns, some of them known weeks after they happened; in the order of an export. */
const journals: fc.Arbitrary<readonly BookedEntry[]> = fc
  .record({
    accounts: fc.tuple(...tenants.map((tenantId) => tokenAccountHistory(tenantId, 50))),
    lateness: fc.array(fc.constantFrom(0, 0, 9, 40), { minLength: 1, maxLength: 9 }),
  })
  .map(({ accounts, lateness }) => {
    const books = tenants.map((tenantId) => new AccountBook(tenantId));
    const entries: BookedEntry[] = [];
    const longest = Math.max(...accounts.map(({ length }) => length));
    for (let turn = 0; turn < longest * tenants.length; turn += 1) {
      const index = turn % tenants.length;
      const revision = Math.floor(turn / tenants.length);
      const event = accounts[index]?.[revision];
      if (event === undefined) continue;
      const knownMs = START_MS + turn * DAY_MS;
      const late = lateness[turn % lateness.length]! * DAY_MS;
      const happenedAt = new Date(Math.max(START_MS, knownMs - late)).toISOString();
      const knownAt = new Date(knownMs).toISOString();
      const position = BigInt(turn + 1);
      const fact = {
        tenantId: tenants[index]!,
        revision,
        eventId: `e${turn}`,
        happenedAt,
        knownAt,
      };
      const entry = books[index]!.enter({ ...fact, event });
      entries.push({ position, entry, month: bookedIn({ position, happenedAt }, closed) });
    }
    const time = ({ month, entry }: BookedEntry) => {
      const start = startOfMonth(month);
      return entry.happenedAt > start ? entry.happenedAt : start;
    };
    return entries.sort((a, b) => (time(a) < time(b) ? -1 : time(a) > time(b) ? 1 : 0));
  });

async function written(name: string, chunks: AsyncIterable<string>): Promise<string> {
  let text = '';
  for await (const chunk of chunks) text += chunk;
  const file = join(folder, name);
  await writeFile(file, text);
  return file;
}

async function* paged(entries: readonly BookedEntry[]): AsyncGenerator<readonly BookedEntry[]> {
  for (let at = 0; at < entries.length; at += 7) yield entries.slice(at, at + 7);
}

/** By account and commodity, zeros left out, as the entries themselves add up. */
function expectedBalances(entries: readonly BookedEntry[]): ReadonlyMap<string, string> {
  const sums = new Map<string, bigint>();
  const add = (key: string, amount: bigint) => sums.set(key, (sums.get(key) ?? 0n) + amount);
  for (const { entry } of entries) {
    for (const { account, lotId, tokens, money } of entry.postings) {
      const name = plainTextAccount(entry.tenantId, account, lotId);
      add(`${name} ${TOKEN}`, tokens);
      if (money !== null) add(`${name} ${money.currency}`, money.minorUnits);
    }
  }
  return new Map(
    [...sums]
      .filter(([, amount]) => amount !== 0n)
      .map(([key, minorUnits]) => {
        const currency = key.slice(key.lastIndexOf(' ') + 1);
        return [
          key,
          currency === TOKEN ? `${minorUnits}` : decimalAmount({ minorUnits, currency }),
        ];
      }),
  );
}

/** What a tool prints for an amount, however many zeros it pads it with. */
const sameNumber = (text: string) =>
  text.includes('.') ? text.replace(/0+$/, '').replace(/\.$/, '') : text;
const comparable = (balances: ReadonlyMap<string, string>) =>
  Object.fromEntries([...balances].map(([key, amount]) => [key, sameNumber(amount)]).sort());

async function hledgerBalances(file: string): Promise<ReadonlyMap<string, string>> {
  const format = ['--flat', '--no-total', '--layout=bare', '-O', 'csv'];
  const { stdout } = await run('hledger', ['-f', file, 'balance', ...format]);
  const rows = stdout.trim().split('\n').slice(1);
  return new Map(
    rows.map((row) => {
      const [account, commodity, amount] = JSON.parse(`[${row}]`) as [string, string, string];
      return [`${account} ${commodity}`, amount];
    }),
  );
}

async function beancountBalances(file: string): Promise<ReadonlyMap<string, string>> {
  const query = 'select account, currency, sum(position) as total group by account, currency';
  const { stdout } = await run('bean-query', ['-q', '-f', 'csv', file, query]);
  const rows = stdout.trim().split(/\r?\n/).slice(1);
  return new Map(
    rows
      .map((row) => row.split(',').map((cell) => cell.trim()))
      .filter(([, , total]) => total !== '')
      .map(([account, currency, total]) => [`${account} ${currency}`, total!.split(' ')[0]!]),
  );
}

test('hledger finds any journal sound, and its balances are ours', async () => {
  await fc.assert(
    fc.asyncProperty(journals, async (entries) => {
      const file = await written('books.journal', hledgerJournal(paged(entries)));
      await run('hledger', ['-f', file, 'check', 'ordereddates', 'accounts', 'commodities']);
      expect(comparable(await hledgerBalances(file))).toEqual(
        comparable(expectedBalances(entries)),
      );
    }),
    { numRuns: 5, endOnFailure: true },
  );
});

test('beancount finds any file sound, and its balances are ours', async () => {
  await fc.assert(
    fc.asyncProperty(journals, async (entries) => {
      const file = await written('books.beancount', beancountFile(paged(entries)));
      await run('bean-check', [file]);
      expect(comparable(await beancountBalances(file))).toEqual(
        comparable(expectedBalances(entries)),
      );
    }),
    { numRuns: 3, endOnFailure: true },
  );
}, 60_000);
