import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { BuiltFiles } from './built-files.js';

function built(...names: string[]): BuiltFiles {
  const folder = mkdtempSync(join(tmpdir(), 'console-'));
  mkdirSync(join(folder, 'assets'));
  for (const name of names) writeFileSync(join(folder, name), 'x');
  return BuiltFiles.in(`${folder}/`);
}

const files = built(
  ...['index.html', 'index.html.br', 'favicon.svg'],
  ...['assets/main-abc123.js', 'assets/main-abc123.js.gz'],
);

describe('what the build of the console made', () => {
  it.each([
    ['assets/main-abc123.js', { name: 'assets/main-abc123.js', immutable: true }],
    ['favicon.svg', { name: 'favicon.svg', immutable: false }],
    ['index.html', { name: 'index.html', immutable: false }],
  ])('is served at %s', (path, file) => {
    expect(files.at(path)).toEqual(file);
  });

  it.each(['', 'generations', 'end-users/ada@example.com', '../package.json', 'index.html.br'])(
    'leaves the path “%s” to the page',
    (path) => {
      expect(files.at(path)).toEqual({ name: 'index.html', immutable: false });
    },
  );

  it.each([
    'assets/main-old.js',
    'assets/main-abc123.js.gz',
    'assets/../index.html',
    'api',
    'api/session/nothing',
  ])('has nothing at %s', (path) => {
    expect(files.at(path)).toBeUndefined();
  });

  it('is nothing before it was run', () => {
    expect(files.isEmpty).toBe(false);
    expect(built().isEmpty).toBe(true);
    expect(BuiltFiles.in(join(tmpdir(), 'no-such-folder/')).isEmpty).toBe(true);
  });
});
