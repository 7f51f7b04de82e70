import { randomBytes } from 'node:crypto';
import { linkSync, mkdirSync, readFileSync, unlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { deriveSecrets, newApiKey, type Secrets } from '@imprest/application';
import type { Operator } from '@imprest/domain';
import type { Config } from './config.js';
import { ConfigError } from './environment-reader.js';
import { SHARED_OPERATOR } from './operator-names.js';

export interface OperatorKey extends Operator {
  readonly key: string;
}

export interface OperatorKeys {
  readonly secrets: Secrets;
  readonly adminKey: string;
  /** Who is who by the key: the admin key first, which belongs to nobody in particular. */
  readonly operators: readonly OperatorKey[];
  /** True when the admin key was made just now: it is shown this once. */
  readonly adminKeyIsNew: boolean;
  readonly demoKey: string;
  readonly workerKey: string;
}

export function readSecret(path: string): string | undefined {
  try {
    const text = readFileSync(path, 'utf8').trim();
    if (text === '') throw new Error(`${path} is empty: restore it from a backup`);
    return text;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

/**
 * Of two processes that start at once, both use what the first one wrote. The file appears with its
 * content or not at all: one found empty would be a key that anyone can guess.
 */
export function keptSecret(directory: string, file: string, make: () => string): [string, boolean] {
  const path = join(directory, file);
  const known = readSecret(path);
  if (known !== undefined) return [known, false];
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  const made = make();
  const draft = `${path}.${randomBytes(6).toString('hex')}`;
  writeFileSync(draft, `${made}\n`, { mode: 0o600, flag: 'wx', flush: true });
  try {
    linkSync(draft, path);
    return [made, true];
  } catch (error) {
    const first = readSecret(path);
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST' || first === undefined) throw error;
    return [first, false];
  } finally {
    unlinkSync(draft);
  }
}

function keptMasterKey(text: string): Uint8Array {
  const key = Buffer.from(text, 'base64');
  if (key.length >= 32) return key;
  throw new Error('the master key of the data directory is cut short: restore it from a backup');
}

/** Which process asks; services that run alone share their secrets with others. */
export interface KeyHolder {
  readonly name: string;
  readonly split: boolean;
}

const WHOLE_PRODUCT: KeyHolder = { name: 'imprest', split: false };

/**
 * Secrets from the configuration, or generated once and kept in the data directory (mode 0600). A service
 * that is given its master key takes the directory for its own: a secret kept there would be unknown
 * to the other processes, so none is. @throws ConfigError when it needs one of those
 */
export function operatorKeys(config: Config, holder: KeyHolder = WHOLE_PRODUCT): OperatorKeys {
  const directory = join(config.dataDirectory, 'secrets');
  const ownDirectory = holder.split && config.masterKey !== undefined;
  const kept = (file: string, make: () => string): [string, boolean] =>
    ownDirectory
      ? [readSecret(join(directory, file)) ?? make(), false]
      : keptSecret(directory, file, make);
  const master =
    config.masterKey ??
    keptMasterKey(kept('master-key', () => randomBytes(32).toString('base64'))[0]);
  const secrets = deriveSecrets(master);
  if (config.adminKey === undefined && ownDirectory && holder.name === 'api') {
    if (readSecret(join(directory, 'admin-key')) === undefined) {
      throw new ConfigError([
        'IMPREST_ADMIN_KEY must be set beside IMPREST_MASTER_KEY: one made here would be known to nobody',
      ]);
    }
  }
  const [adminKey, adminKeyIsNew] =
    config.adminKey === undefined
      ? kept('admin-key', () => `imp_admin_${randomBytes(32).toString('hex')}`)
      : [config.adminKey, false];
  const demoKey = config.demoKey ?? kept('demo-key', () => newApiKey('test').key)[0];
  const workerKey = config.workerKey ?? workerKeyFrom(secrets);
  const operators = operatorsOf(adminKey, config);
  return { secrets, adminKey, operators, adminKeyIsNew, demoKey, workerKey };
}

/** @throws ConfigError when somebody's own key is the shared one: it would be nobody's again */
function operatorsOf(adminKey: string, { operators }: Config): readonly OperatorKey[] {
  const sharing = operators.find(({ key }) => key === adminKey);
  if (sharing !== undefined) {
    throw new ConfigError([`IMPREST_OPERATOR_KEYS: the key of ${sharing.name} is the admin key`]);
  }
  const shared = { name: SHARED_OPERATOR, key: adminKey, personal: false };
  return [shared, ...operators.map((operator) => ({ ...operator, personal: true }))];
}

const workerKeyFrom = ({ workerKey }: Secrets) => Buffer.from(workerKey).toString('hex');

/**
 * The key of a worker that runs alone. It never makes one: nobody would know it.
 * @throws ConfigError when there is none
 */
export function workerKeyOf(config: Config): string {
  if (config.workerKey !== undefined) return config.workerKey;
  const kept = readSecret(join(config.dataDirectory, 'secrets', 'master-key'));
  const master = config.masterKey ?? (kept === undefined ? undefined : keptMasterKey(kept));
  if (master !== undefined) return workerKeyFrom(deriveSecrets(master));
  throw new ConfigError([
    'IMPREST_WORKER_KEY must be the one the orchestrator has: set the same on both, or give both the same IMPREST_MASTER_KEY or IMPREST_DATA_DIR',
  ]);
}
