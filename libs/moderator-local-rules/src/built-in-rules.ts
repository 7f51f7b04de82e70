import { readFileSync } from 'node:fs';

const FILE = new URL('../rules/built-in.json', import.meta.url);

/** The rules no configuration can switch off, as data. @throws when the file cannot be read. */
export function readBuiltInRules(): unknown {
  return JSON.parse(readFileSync(FILE, 'utf8'));
}
