import { join } from 'node:path';
import { newTrialCredential, SigningCredential } from '@imprest/c2pa-signing';
import type { Config } from './config.js';
import { keptSecret } from './generated-secrets.js';

const TRIAL = 'c2pa-trial-credential';

/**
 * Who signs outputs: as configured, or a credential made once and kept in the data directory. Undefined when
 * outputs are not signed. @param now when one that has to be made begins to be valid
 */
export function signingCredential(
  { contentCredentials, dataDirectory }: Pick<Config, 'contentCredentials' | 'dataDirectory'>,
  now: Date,
): SigningCredential | undefined {
  if (contentCredentials === 'off') return undefined;
  if (contentCredentials !== 'trial') {
    return SigningCredential.fromPem(contentCredentials.certificates, contentCredentials.key);
  }
  const secrets = join(dataDirectory, 'secrets');
  const [pem] = keptSecret(secrets, TRIAL, () => newTrialCredential(now).trim());
  return SigningCredential.fromPem(pem, pem);
}
