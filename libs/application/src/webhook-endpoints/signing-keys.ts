import { generateKeyPairSync, randomBytes } from 'node:crypto';
import type { EndpointScheme } from '@imprest/domain';

/** What signs, and what receivers check it with when that is not the same. */
export interface NewSigningKey {
  /** `whsec_<base64 of 32 bytes>` to be shared, or `whsk_<base64 of seed and public key>` to be kept. */
  readonly secret: string;
  /** `whpk_<base64 of 32 bytes>`; null when the secret is shared. */
  readonly publicKey: string | null;
}

/** An endpoint has a key of its own: what is signed for one receiver proves nothing to another. */
export function newSigningKey(scheme: EndpointScheme): NewSigningKey {
  if (scheme !== 'standard-ed25519') {
    return { secret: `whsec_${randomBytes(32).toString('base64')}`, publicKey: null };
  }
  const { privateKey } = generateKeyPairSync('ed25519');
  const { d = '', x = '' } = privateKey.export({ format: 'jwk' });
  const seed = Buffer.from(d, 'base64url');
  const point = Buffer.from(x, 'base64url');
  return {
    secret: `whsk_${Buffer.concat([seed, point]).toString('base64')}`,
    publicKey: `whpk_${point.toString('base64')}`,
  };
}
