import {
  AccountBook,
  type BookedEntry,
  type StatementLine,
  type TokenAccountEvent,
} from '@imprest/domain';
import { allocationsOf, tokensGranted, tokensHeld, tokensPurchased } from '@imprest/testkit/domain';
import { PDFDocument } from 'pdf-lib';
import { describe, expect, test } from 'vitest';
import {
  beancountFile,
  component,
  focusRows,
  hledgerJournal,
  journalCsv,
  journalJsonl,
  MOST_PDF_LINES,
  monthlyStatement,
  StatementTooLong,
  statementCsv,
  statementLines,
  statementPdf,
} from './index.js';

const purchase = {
  ...tokensPurchased('lot_1', 50n).data,
  paid: { minorUnits: 499n, currency: 'EUR' },
};
const history: readonly (readonly [string, TokenAccountEvent])[] = [
  ['2025-01-05T10:00:00.000Z', { type: 'TokensPurchased', data: purchase }],
  ['2025-01-06T10:00:00.000Z', tokensGranted('gift', 5n)],
  ['2025-01-07T10:00:00.000Z', tokensHeld('req_1', { gift: 5n, lot_1: 10n })],
  [
    '2025-01-07T10:01:00.000Z',
    {
      type: 'HoldSettled',
      data: {
        generationId: 'req_1',
        captured: allocationsOf({ gift: 5n, lot_1: 7n }),
        released: allocationsOf({ lot_1: 3n }),
      },
    },
  ],
  ['2025-01-08T10:00:00.000Z', { type: 'AccountFrozen', data: { reason: 'a look' } }],
];

function booked(): readonly BookedEntry[] {
  const book = new AccountBook('studio_1');
  return history.map(([happenedAt, event], revision) => {
    const fact = { tenantId: 'studio_1', revision, eventId: `e${revision}`, event };
    const entry = book.enter({ ...fact, happenedAt, knownAt: happenedAt });
    return { position: BigInt(revision + 1), month: '2025-01', entry };
  });
}

async function* pages(): AsyncGenerator<readonly BookedEntry[]> {
  const all = booked();
  yield all.slice(0, 2);
  yield all.slice(2);
}

async function text(chunks: AsyncIterable<string>): Promise<string> {
  let all = '';
  for await (const chunk of chunks) all += chunk;
  return all;
}

test('the journal as CSV has a line a posting, and one for an entry without any', async () => {
  const lines = (await text(journalCsv(pages()))).split('\r\n');
  expect(lines).toHaveLength(1 + 2 + 2 + 4 + 5 + 1 + 1);
  expect(lines[1]).toBe(
    '2025-01,1,studio_1,0,e0,TokensPurchased,,2025-01-05T10:00:00.000Z,2025-01-05T10:00:00.000Z,1,cash-clearing,lot_1,50,EUR,499',
  );
  expect(lines.at(-2)).toBe(
    '2025-01,5,studio_1,4,e4,AccountFrozen,,2025-01-08T10:00:00.000Z,2025-01-08T10:00:00.000Z,,,,,,',
  );
});

test('the journal as JSON lines has one document an entry, amounts as decimal strings', async () => {
  const documents = (await text(journalJsonl(pages())))
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
  expect(documents).toHaveLength(5);
  expect(documents[0]).toMatchObject({
    month: '2025-01',
    position: '1',
    tenantId: 'studio_1',
    postings: [
      { account: 'cash-clearing', tokens: '50', money: { currency: 'EUR', minorUnits: '499' } },
      { tokens: '-50' },
    ],
  });
  expect(documents[1].postings[0].money).toBeNull();
});

test('hledger gets accounts and commodities before they are used, and both dates', async () => {
  const journal = await text(hledgerJournal(pages()));
  expect(journal).toContain('commodity 10.00 EUR\n');
  expect(journal).toContain('account Liabilities:DeferredRevenue:Studio--1:Lot--1\n');
  expect(journal).toContain(
    `\n2025-01-07 * (4) HoldSettled  ; tenant:studio_1, revision:3, generation:req_1, event:e3, known:2025-01-07T10:01:00.000Z
    Liabilities:Held:Studio--1                                    5 IMT
    Equity:PromotionalUsed:Studio--1                              -5 IMT
    Liabilities:Held:Studio--1                                    10 IMT
    Liabilities:Held:Studio--1                                    0.99 EUR
    Income:Revenue:Studio--1                                      -7 IMT
    Income:Revenue:Studio--1                                      -0.69 EUR
    Liabilities:DeferredRevenue:Studio--1:Lot--1                  -3 IMT
    Liabilities:DeferredRevenue:Studio--1:Lot--1                  -0.30 EUR
`,
  );
  expect(journal).not.toContain('AccountFrozen');
});

test('a late entry stands at the beginning of the month that takes it, with its own date beside', async () => {
  async function* late(): AsyncGenerator<readonly BookedEntry[]> {
    yield [{ ...booked()[0]!, month: '2025-02' }];
  }
  expect(await text(hledgerJournal(late()))).toContain('\n2025-02-01=2025-01-05 * (1) ');
  expect(await text(beancountFile(late()))).toContain('\n2025-02-01 * "TokensPurchased"\n');
});

test('beancount gets accounts opened on the day of their first use', async () => {
  const file = await text(beancountFile(pages()));
  expect(file).toContain('2025-01-05 open Assets:CashClearing:Studio--1\n');
  expect(file.match(/ open Liabilities:Held:Studio--1\n/g)).toHaveLength(1);
  expect(file).toContain('  happened: "2025-01-07T10:01:00.000Z"\n');
});

test.each([
  ['harbour', 'Harbour'],
  ['ten_1', 'Ten--1'],
  ['7up', '7up'],
  ['Lot', 'X-xLot'],
  ['a-b', 'A-2Db'],
  ['a b', 'A-20b'],
  ['é', 'X-x-C3-A9'],
])('%s is named %s', (id, name) => {
  expect(component(id)).toBe(name);
  expect(name).toMatch(/^[A-Z0-9][A-Za-z0-9-]*$/);
});

test('FOCUS bills the purchase and counts its use, at list price too', async () => {
  const listPrice = () => ({ paidMinorUnits: 499n, listMinorUnits: 998n });
  const [head, ...rows] = (await text(focusRows(pages(), { provider: 'Studio', listPrice })))
    .trim()
    .split('\r\n')
    .map((line) => line.split(','));
  const columns = (row: readonly string[], ...names: readonly string[]) =>
    names.map((name) => row[head!.indexOf(name)]);
  const shown = [
    'ChargeCategory',
    'BilledCost',
    'EffectiveCost',
    'ListCost',
    'ConsumedQuantity',
    'ResourceId',
  ];
  expect(rows.map((row) => columns(row, ...shown))).toEqual([
    ['Purchase', '4.99', '0', '9.98', '', ''],
    ['Credit', '0', '0', '0', '', ''],
    ['Usage', '0', '0', '0', '5', 'req_1'],
    ['Usage', '0', '0.69', '1.38', '7', 'req_1'],
  ]);
});

describe('a statement', () => {
  const row = {
    ...{ tenantId: 'studio_1', currency: 'EUR' },
    opening: { tokens: 0n, minorUnits: 0n },
    purchased: { tokens: 50n, minorUnits: 499n },
    recognised: { tokens: 7n, minorUnits: 69n },
    refunded: { tokens: 0n, minorUnits: 0n },
    chargedBack: { tokens: 0n, minorUnits: 0n },
    repaid: { tokens: 0n, minorUnits: 0n },
    breakage: { tokens: 0n, minorUnits: 0n },
    closing: { tokens: 43n, minorUnits: 430n },
  };
  const statement = monthlyStatement('studio_1', '2025-01', true, [row]);

  test('has a line for each entry that changes what is owed, with the lots that paid', async () => {
    const lines = (await text(statementCsv(statement, statementLines(statement, pages()))))
      .trim()
      .split('\r\n');
    expect(lines.slice(1)).toEqual([
      '2025-01,,,opening,,,,0,,',
      '2025-01-05T10:00:00.000Z,2025-01-05T10:00:00.000Z,,TokensPurchased,,lot_1,50,50,EUR,499',
      '2025-01-06T10:00:00.000Z,2025-01-06T10:00:00.000Z,,TokensGranted,,gift,5,55,,',
      '2025-01-07T10:01:00.000Z,2025-01-07T10:01:00.000Z,,HoldSettled,req_1,gift,-5,,,',
      '2025-01-07T10:01:00.000Z,2025-01-07T10:01:00.000Z,,HoldSettled,req_1,lot_1,-7,43,EUR,-69',
      '2025-01,,,closing,,,,43,,',
    ]);
  });

  const options = {
    issuer: 'Imprest',
    tenantName: 'Studio 東京',
    madeAt: '2025-02-02T08:00:00.000Z',
  };

  test('is a PDF that can be opened, whatever letters are in it', async () => {
    const bytes = await statementPdf(statement, statementLines(statement, pages()), options);
    const document = await PDFDocument.load(bytes);
    expect([document.getPageCount(), document.getTitle()]).toEqual([
      1,
      'Statement studio_1 2025-01',
    ]);
  });

  test('goes on page after page, and not without end', async () => {
    const lines: StatementLine[] = [];
    for await (const page of statementLines(statement, pages())) lines.push(...page);
    async function* many(count: number) {
      yield Array.from({ length: count }, () => lines[0]!);
    }
    const document = await PDFDocument.load(await statementPdf(statement, many(100), options));
    expect(document.getPageCount()).toBeGreaterThan(2);
    await expect(statementPdf(statement, many(MOST_PDF_LINES + 1), options)).rejects.toThrow(
      StatementTooLong,
    );
  });
});
