import { mkdir, mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createSocketDirectory, removeSocketDirectory } from './socket-directory.js';

let base: string;

beforeEach(async () => {
  base = await mkdtemp(join(tmpdir(), 'sockets-'));
});
afterEach(() => rm(base, { recursive: true }));

test('a temporary folder with a path too long for a socket is passed over', async () => {
  const long = join(base, 'x'.repeat(100));
  await mkdir(long);
  const folder = await createSocketDirectory(undefined, [long, join(base, 'missing'), base]);
  expect(folder.startsWith(join(base, 'imprest-'))).toBe(true);
  expect((await stat(folder)).mode & 0o777).toBe(0o700);
});

test('when no folder will do, the error says what to set', async () => {
  const long = join(base, 'x'.repeat(100));
  await expect(createSocketDirectory(undefined, [long])).rejects.toThrow(/set TMPDIR/);
});

test('removing takes the socket files and the folder, and nothing of anybody else', async () => {
  const folder = await createSocketDirectory(undefined, [base]);
  await writeFile(join(folder, '.s.PGSQL.5432.lock'), '');
  await removeSocketDirectory(folder);
  expect(await readdir(base)).toEqual([]);

  const other = join(base, 'documents');
  await mkdir(other);
  await writeFile(join(other, '.s.PGSQL.5432'), '');
  await removeSocketDirectory(other);
  expect(await readdir(other)).toEqual(['.s.PGSQL.5432']);
});
