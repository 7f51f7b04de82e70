export type CsvValue = string | number | bigint | boolean | null | undefined;

const NEEDS_QUOTES = /[",\r\n]/;
/** A spreadsheet takes such text for a formula. Numbers are written by type and stay as they are. */
const LOOKS_LIKE_FORMULA = /^[=+\-@\t\r]/;
const IS_NUMBER = /^-?\d+(\.\d+)?$/;

function cell(value: CsvValue): string {
  if (value === null || value === undefined) return '';
  const text = String(value);
  const isFormula = LOOKS_LIKE_FORMULA.test(text) && !IS_NUMBER.test(text);
  const safe = isFormula ? `'${text}` : text;
  return NEEDS_QUOTES.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** One line with its end (RFC 4180). Text that a spreadsheet would compute gets an apostrophe in front. */
export function csvLine(values: readonly CsvValue[]): string {
  return `${values.map(cell).join(',')}\r\n`;
}

type Columns<Row> = Readonly<Record<string, (row: Row) => CsvValue>>;

/** A line for each row. */
export function csvLines<Row>(columns: Columns<Row>, rows: readonly Row[]): string {
  const read = Object.values(columns);
  return rows.map((row) => csvLine(read.map((value) => value(row)))).join('');
}

/** Rows of one shape, with a head line of their column names. */
export function csvTable<Row>(columns: Columns<Row>, rows: readonly Row[]): string {
  return csvLine(Object.keys(columns)) + csvLines(columns, rows);
}
