import type { EnvironmentReader } from './environment-reader.js';

/** A person with a key of his own for /admin/v1. */
export interface NamedOperatorKey {
  readonly name: string;
  readonly key: string;
}

/** How the key that operators may share is called in events. */
export const SHARED_OPERATOR = 'admin-key';

const NAME = /^[a-z][a-z0-9._-]{0,31}$/;
const KEY = /^[\x21-\x7e]{24,}$/;
const MOST = 1_000;

/** `name=key` for each operator, separated by commas or line ends. Problems name the entry, never the key. */
export function namedOperatorKeys(reader: EnvironmentReader): readonly NamedOperatorKey[] {
  const text = reader.text('IMPREST_OPERATOR_KEYS') ?? '';
  const entries = text.split(/[,\n]/).map((entry) => entry.trim());
  const given = entries.filter((entry) => entry !== '').slice(0, MOST);
  const operators: NamedOperatorKey[] = [];
  for (const [index, entry] of given.entries()) {
    const cut = entry.indexOf('=');
    const [name, key] = [entry.slice(0, Math.max(cut, 0)), entry.slice(cut + 1)];
    const isNew = operators.every((other) => other.name !== name && other.key !== key);
    if (NAME.test(name) && KEY.test(key) && name !== SHARED_OPERATOR && isNew) {
      operators.push({ name, key });
      continue;
    }
    reader.problems.push(
      `IMPREST_OPERATOR_KEYS: entry ${index + 1} must be <name>=<key>, the name in lower case and its own, the key its own and of at least 24 characters`,
    );
    return [];
  }
  return operators;
}
