import { CredentialInvalid, SigningCredential } from '@imprest/c2pa-signing';
import type { EnvironmentReader } from './environment-reader.js';

/** PEM texts of who signs outputs. */
export interface CredentialPem {
  readonly certificates: string;
  readonly key: string;
}

/** `trial`: one made and kept in the data directory. */
export type ContentCredentialsChoice = 'off' | 'trial' | CredentialPem;

export function contentCredentialsChoice(reader: EnvironmentReader): ContentCredentialsChoice {
  const isOff = reader.oneOf('C2PA', ['on', 'off'], 'on') === 'off';
  const certificates = reader.text('C2PA_CERT');
  const key = reader.text('C2PA_KEY');
  if (isOff) return 'off';
  if (certificates === undefined && key === undefined) return 'trial';
  if (certificates === undefined || key === undefined) {
    reader.problems.push('C2PA_CERT, C2PA_KEY belong together: set both or none');
    return 'trial';
  }
  try {
    SigningCredential.fromPem(certificates, key);
  } catch (error) {
    if (!(error instanceof CredentialInvalid)) throw error;
    reader.problems.push(`C2PA_CERT and C2PA_KEY: ${error.message}`);
  }
  return { certificates, key };
}
