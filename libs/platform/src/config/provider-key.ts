import { readFileSync } from 'node:fs';
import type { Environment } from './environment-reader.js';

/** A variable that holds the key of a provider is told by its name, so that no other secret is sent to one by mistake. */
export const PROVIDER_KEY_VARIABLE = /^PROVIDER_KEY_[A-Z0-9_]{1,64}$/;

/** @returns undefined when the variable, and the file that `<name>_FILE` names, are missing or empty */
export function providerKey(
  name: string,
  environment: Environment = process.env,
): string | undefined {
  const file = environment[`${name}_FILE`];
  const key = file ? readFileSync(file, 'utf8').trim() : environment[name];
  return key === '' ? undefined : key;
}
