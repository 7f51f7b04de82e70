import { mkdtemp, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { expect, test } from 'vitest';
import { PortionedLines } from './portioned-lines.js';

async function openLines() {
  const file = join(await mkdtemp(join(tmpdir(), 'imprest-log-')), 'log');
  const destination = pino.destination({ dest: file, sync: false, minLength: 1 });
  return { file, lines: new PortionedLines(destination), text: () => readFile(file, 'utf8') };
}

test('given a few lines, they are written when flushed, each once and in order', async () => {
  const { lines, text } = await openLines();
  for (const line of ['a\n', 'b\n', 'c\n']) lines.write(line);
  await new Promise<void>((resolve) => lines.flush(() => resolve()));
  expect(await text()).toBe('a\nb\nc\n');
});

test('given more than a portion, nothing is lost or torn', async () => {
  const { lines, text } = await openLines();
  const expected = Array.from({ length: 5_000 }, (_, index) => `line ${index} ${'é'.repeat(20)}\n`);
  for (const line of expected) lines.write(line);
  await new Promise<void>((resolve) => lines.flush(() => resolve()));
  expect(await text()).toBe(expected.join(''));
});

test('given lines and no flush, they are written within a second', async () => {
  const { lines, text } = await openLines();
  lines.write('alone\n');
  await expect.poll(text, { timeout: 2_000 }).toBe('alone\n');
});
