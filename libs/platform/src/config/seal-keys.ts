import { existsSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { newSealKeyPem, type SealKey, sealKeyFromPem } from '@imprest/ledger-seal';
import type { Config } from './config.js';
import { ConfigError } from './environment-reader.js';
import { keptSecret, readSecret } from './generated-secrets.js';

const CURRENT = 'ledger-seal-key';
/** Made for a rotation that is under way. */
const NEXT = 'ledger-seal-key.next';

type KeyConfig = Pick<Config, 'sealKey' | 'dataDirectory'>;

const secrets = ({ dataDirectory }: KeyConfig) => join(dataDirectory, 'secrets');

/** The key that signs seals, as it is right now: from the configuration, or kept in the data directory. */
export function currentSealKey(config: KeyConfig): SealKey {
  return sealKeyFromPem(config.sealKey ?? keptSecret(secrets(config), CURRENT, newSealKeyPem)[0]);
}

/** The same, undefined where there is none yet: whoever does not seal must not make one up. */
export function knownSealKey(config: KeyConfig): SealKey | undefined {
  const pem = config.sealKey ?? readSecret(join(secrets(config), CURRENT));
  return pem === undefined ? undefined : sealKeyFromPem(pem);
}

/** The key to rotate to in the data directory; the same again until it was taken into use. */
export function nextSealKey(config: KeyConfig): SealKey {
  if (config.sealKey !== undefined) {
    throw new ConfigError([
      'LEDGER_SEAL_KEY is configured: make the next key where that one comes from, and name its file',
    ]);
  }
  return sealKeyFromPem(keptSecret(secrets(config), NEXT, newSealKeyPem)[0]);
}

/** Takes the next key into use and keeps the old one beside it under its id. */
export function takeNextSealKey(config: KeyConfig): void {
  const directory = secrets(config);
  const [current, next] = [join(directory, CURRENT), join(directory, NEXT)];
  if (existsSync(current)) {
    renameSync(current, `${current}.retired-${currentSealKey(config).keyId}`);
  }
  renameSync(next, current);
}
