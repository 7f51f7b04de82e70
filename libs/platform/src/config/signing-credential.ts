import { join } from 'node:path';
import { newTrialCredential, SigningCredential } from '@imprest/c2pa-signing';
import type { Config } from './config.js';
import { keptSecret } from './generated-secrets.js';

const TRIAL = 'c2pa-trial-credential';
const READ_ONLY = new Set(['EACCES', 'EPERM', 'EROFS']);

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
  const pem = trialCredential(join(dataDirectory, 'secrets'), () => newTrialCredential(now).trim());
  return SigningCredential.fromPem(pem, pem);
}

/** Where nothing can be kept it lasts as long as the process: it vouches for nothing either way. */
function trialCredential(directory: string, make: () => string): string {
  try {
    return keptSecret(directory, TRIAL, make)[0];
  } catch (error) {
    if (READ_ONLY.has((error as NodeJS.ErrnoException).code ?? '')) return make();
    throw error;
  }
}
