import { expect, test } from 'vitest';
import { csvLine, csvTable } from './csv.js';

test('values with commas, quotes and line ends are quoted, missing ones are empty', () => {
  expect(csvLine(['a,b', 'say "so"', 'two\nlines', null, undefined, 7, -3n, ''])).toBe(
    '"a,b","say ""so""","two\nlines",,,7,-3,\r\n',
  );
});

test.each(['=1+1', '+49 30', '@sum', '-x'])('%s is no formula for a spreadsheet', (text) => {
  expect(csvLine([text])).toBe(`'${text}\r\n`);
});

test.each(['-12', '-12.50', '0'])('%s stays a number', (text) => {
  expect(csvLine([text])).toBe(`${text}\r\n`);
});

test('a table has a head line and a line a row', () => {
  const columns = { name: (row: { n: string }) => row.n, size: () => 2 };
  expect(csvTable(columns, [{ n: 'x' }])).toBe('name,size\r\nx,2\r\n');
});
