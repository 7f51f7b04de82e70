import {
  decimalAmount,
  type RevenueColumn,
  type RevenueRow,
  revenueColumns,
  type StatementLine,
} from '@imprest/domain';
import { PDFDocument, type PDFFont, type PDFPage, StandardFonts } from 'pdf-lib';
import type { MonthlyStatement } from './monthly-statement.js';

export interface StatementPdfOptions {
  /** Who issues it. */
  readonly issuer: string;
  /** Name of the tenant for people. */
  readonly tenantName: string;
  /** ISO 8601: when it was made. */
  readonly madeAt: string;
}

const [WIDTH, HEIGHT, MARGIN] = [595, 842, 48];
const SIZE = 8.5;
const LEADING = 13;
/** A statement is a document for people: whoever has more takes the CSV. */
export const MOST_PDF_LINES = 5_000;

export class StatementTooLong extends Error {
  override readonly name = 'StatementTooLong';
  constructor() {
    super(`the statement has more than ${MOST_PDF_LINES} lines: take it as CSV`);
  }
}

type Cell = readonly [text: string, x: number, align?: 'right'];

/** Pages that are written from top to bottom. */
class Paper {
  private page: PDFPage;
  private y = 0;

  private constructor(
    private readonly document: PDFDocument,
    private readonly plain: PDFFont,
    private readonly bold: PDFFont,
  ) {
    this.page = this.newPage();
  }

  static async open(document: PDFDocument): Promise<Paper> {
    const plain = await document.embedFont(StandardFonts.Helvetica);
    const bold = await document.embedFont(StandardFonts.HelveticaBold);
    return new Paper(document, plain, bold);
  }

  row(cells: readonly Cell[], { bold = false, size = SIZE, space = 0 } = {}): void {
    this.y -= LEADING + space;
    if (this.y < MARGIN) this.page = this.newPage();
    const font = bold ? this.bold : this.plain;
    for (const [text, x, align] of cells) {
      const shown = encodable(text, font);
      const left = align === 'right' ? x - font.widthOfTextAtSize(shown, size) : x;
      this.page.drawText(shown, { x: left, y: this.y, size, font });
    }
  }

  private newPage(): PDFPage {
    this.y = HEIGHT - MARGIN - LEADING;
    return this.document.addPage([WIDTH, HEIGHT]);
  }
}

/** The standard fonts know Western European letters; what they do not know becomes a question mark. */
function encodable(text: string, font: PDFFont): string {
  const known = new Set(font.getCharacterSet());
  return [...text].map((each) => (known.has(each.codePointAt(0) as number) ? each : '?')).join('');
}

const titles: Readonly<Record<RevenueColumn, string>> = {
  opening: 'On account at the beginning',
  purchased: 'Purchased or granted',
  recognised: 'Used',
  refunded: 'Given back for used',
  chargedBack: 'Charged back by the bank',
  repaid: 'Repaid unused',
  breakage: 'Expired',
  closing: 'On account at the end',
};

function amounts({ currency, ...row }: RevenueRow, column: RevenueColumn): [string, string] {
  const { tokens, minorUnits } = row[column];
  const money = currency === null ? '' : `${decimalAmount({ minorUnits, currency })} ${currency}`;
  return [`${tokens}`, money];
}

function summary(paper: Paper, { sums }: MonthlyStatement): void {
  for (const row of sums) {
    const name = row.currency === null ? 'Granted tokens' : `Tokens paid in ${row.currency}`;
    paper.row([[name, MARGIN]], { bold: true, space: 8 });
    for (const column of revenueColumns) {
      const [tokens, money] = amounts(row, column);
      const isEnd = column === 'opening' || column === 'closing';
      paper.row(
        [
          [titles[column], MARGIN],
          [tokens, 360, 'right'],
          [money, 460, 'right'],
        ],
        {
          bold: isEnd,
        },
      );
    }
  }
}

function head(paper: Paper): void {
  const cells: Cell[] = [
    ['Time (UTC)', MARGIN],
    ['What', 140],
    ['Generation', 250],
    ['Tokens', 470, 'right'],
    ['On account', WIDTH - MARGIN, 'right'],
  ];
  paper.row(cells, { bold: true, space: 12 });
}

function line(paper: Paper, { happenedAt, type, generationId, lateFor, ...rest }: StatementLine) {
  const late = lateFor === null ? '' : ` (${lateFor})`;
  paper.row([
    [happenedAt.slice(0, 16).replace('T', ' '), MARGIN],
    [type.replaceAll(/(?<=[a-z])(?=[A-Z])/g, ' ').toLowerCase() + late, 140],
    [generationId ?? '', 250],
    [rest.tokens.toString(), 470, 'right'],
    [rest.balance.toString(), WIDTH - MARGIN, 'right'],
  ]);
  for (const { lotId, tokens, money } of rest.shares) {
    const worth = money === null ? 'granted' : `${decimalAmount(money)} ${money.currency}`;
    paper.row([[`${lotId}: ${tokens} tokens, ${worth}`, 250]], { size: 7 });
  }
}

/**
 * A statement for people, A4.
 * @throws StatementTooLong
 */
export async function statementPdf(
  statement: MonthlyStatement,
  pages: AsyncIterable<readonly StatementLine[]>,
  { issuer, tenantName, madeAt }: StatementPdfOptions,
): Promise<Uint8Array> {
  const document = await PDFDocument.create({ updateMetadata: false });
  document.setTitle(`Statement ${statement.tenantId} ${statement.month}`);
  document.setCreationDate(new Date(madeAt));
  const paper = await Paper.open(document);
  paper.row([[`Statement of ${statement.month}`, MARGIN]], { bold: true, size: 16 });
  paper.row([[`${tenantName} (${statement.tenantId})`, MARGIN]], { space: 6 });
  const state = statement.closed ? 'final' : 'the month is open: it may still change';
  paper.row([[`Issued by ${issuer}, ${madeAt.slice(0, 10)}; ${state}`, MARGIN]]);
  summary(paper, statement);
  head(paper);
  let count = 0;
  for await (const page of pages) {
    count += page.length;
    if (count > MOST_PDF_LINES) throw new StatementTooLong();
    for (const each of page) line(paper, each);
  }
  return document.save();
}
