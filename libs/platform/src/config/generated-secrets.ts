import { randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { deriveSecrets, newApiKey, type Secrets } from '@imprest/application';
import type { Config } from './config.js';

export interface OperatorKeys {
  readonly secrets: Secrets;
  readonly adminKey: string;
  /** True when the admin key was made just now: it is shown this once. */
  readonly adminKeyIsNew: boolean;
  readonly demoKey: string;
  readonly workerKey: string;
}

/** Exclusive creation: of two processes that start at once, both use what the first one wrote. */
function keptSecret(directory: string, file: string, make: () => string): [string, boolean] {
  const path = join(directory, file);
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  try {
    const made = make();
    writeFileSync(path, `${made}\n`, { mode: 0o600, flag: 'wx' });
    return [made, true];
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    return [readFileSync(path, 'utf8').trim(), false];
  }
}

/** Secrets from the configuration, or generated once and kept in the data directory (mode 0600). */
export function operatorKeys(config: Config): OperatorKeys {
  const directory = join(config.dataDirectory, 'secrets');
  const kept = (file: string, make: () => string) => keptSecret(directory, file, make);
  const master =
    config.masterKey ??
    Buffer.from(kept('master-key', () => randomBytes(32).toString('base64'))[0], 'base64');
  const secrets = deriveSecrets(master);
  const [adminKey, adminKeyIsNew] =
    config.adminKey === undefined
      ? kept('admin-key', () => `imp_admin_${randomBytes(32).toString('hex')}`)
      : [config.adminKey, false];
  const demoKey = config.demoKey ?? kept('demo-key', () => newApiKey('test').key)[0];
  const workerKey = config.workerKey ?? Buffer.from(secrets.workerKey).toString('hex');
  return { secrets, adminKey, adminKeyIsNew, demoKey, workerKey };
}
