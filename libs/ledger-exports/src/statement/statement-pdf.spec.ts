import type { StatementLine } from '@imprest/domain';
import { decodePDFRawStream, PDFArray, PDFDocument, PDFRawStream } from 'pdf-lib';
import { expect, test } from 'vitest';
import { monthlyStatement } from './monthly-statement.js';
import { statementPdf } from './statement-pdf.js';

const none = { tokens: 0n, minorUnits: 0n };
const sums = {
  ...{ tenantId: 'studio_1', currency: 'EUR', opening: { tokens: 12n, minorUnits: 120n } },
  ...{ purchased: { tokens: 50n, minorUnits: 499n }, recognised: { tokens: 7n, minorUnits: 69n } },
  ...{ refunded: { tokens: 2n, minorUnits: 20n }, chargedBack: none, repaid: none },
  ...{ breakage: none, closing: { tokens: 57n, minorUnits: 570n } },
};
const statement = monthlyStatement('studio_1', '2025-01', true, [sums]);

function line(
  day: string,
  type: StatementLine['type'],
  tokens: bigint,
  balance: bigint,
): StatementLine {
  const at = `2025-01-${day}T10:00:00.000Z`;
  const times = { happenedAt: at, knownAt: at, lateFor: null };
  const shares = [{ lotId: 'lot_1', tokens, money: null }];
  return { ...times, position: 1n, type, generationId: null, tokens, balance, shares };
}

async function* lines() {
  yield [line('05', 'TokensPurchased', 50n, 62n), line('07', 'HoldSettled', -7n, 55n)];
  yield [line('09', 'TokensRefunded', 2n, 57n)];
}

const TEXT = /1 0 0 1 (\S+) (\S+) Tm\s+<([0-9A-F]*)> Tj/g;

/** What a reader sees: the texts of each line, from left to right and from top to bottom. */
async function rowsOf(bytes: Uint8Array): Promise<readonly (readonly string[])[]> {
  const document = await PDFDocument.load(bytes);
  const rows: string[][] = [];
  for (const page of document.getPages()) {
    const contents = page.node.Contents();
    const parts = contents instanceof PDFArray ? contents.asArray() : [contents];
    const content = parts
      .map((part) => (part instanceof PDFRawStream ? part : document.context.lookup(part)))
      .filter((part) => part instanceof PDFRawStream)
      .map((part) => Buffer.from(decodePDFRawStream(part).decode()).toString('latin1'))
      .join('\n');
    const heights = new Map<number, [number, string][]>();
    for (const [, x, y, hex] of content.matchAll(TEXT)) {
      const text = Buffer.from(hex ?? '', 'hex').toString('latin1');
      heights.set(Number(y), [...(heights.get(Number(y)) ?? []), [Number(x), text]]);
    }
    const found = [...heights].sort(([a], [b]) => b - a);
    rows.push(...found.map(([, cells]) => cells.sort(([a], [b]) => a - b).map(([, text]) => text)));
  }
  return rows;
}

test('the statement that people read adds up to its totals', async () => {
  const options = {
    ...{ issuer: 'Imprest', tenantName: 'Studio 東京', madeAt: '2025-02-02T08:00:00.000Z' },
  };
  const rows = await rowsOf(await statementPdf(statement, lines(), options));
  const total = (title: string) => rows.find(([first]) => first === title)?.slice(1);

  expect(rows.slice(0, 3)).toEqual([
    ['Statement of 2025-01'],
    ['Studio ?? (studio_1)'],
    ['Issued by Imprest, 2025-02-02; final'],
  ]);
  expect(total('On account at the beginning')).toEqual(['12', '1.20 EUR']);
  expect(total('Used')).toEqual(['7', '0.69 EUR']);
  expect(total('On account at the end')).toEqual(['57', '5.70 EUR']);
  const entries = rows.filter(([first]) => /^2025-01-\d\d 10:00$/.test(first ?? ''));
  const tokens = entries.map((entry) => BigInt(entry.at(-2) ?? ''));
  expect(tokens).toEqual([50n, -7n, 2n]);
  expect(entries.at(-1)?.at(-1)).toBe(`${12n + tokens.reduce((sum, each) => sum + each, 0n)}`);
  expect(entries.at(-1)?.at(-1)).toBe(total('On account at the end')?.[0]);
});
