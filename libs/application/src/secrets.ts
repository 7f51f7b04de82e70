import { hkdfSync } from 'node:crypto';

/** Keys for separate purposes, so that one never opens what another protects. 32 bytes each. */
export interface Secrets {
  readonly dataKeyMaster: Uint8Array;
  readonly apiKeyPepper: Uint8Array;
  readonly pseudonymPepper: Uint8Array;
  readonly assetUrlKey: Uint8Array;
  readonly workerKey: Uint8Array;
}

/** All purposes from one master secret of at least 32 bytes, by HKDF-SHA256 (RFC 5869). */
export function deriveSecrets(master: Uint8Array): Secrets {
  if (master.length < 32) throw new RangeError('the master secret must have at least 32 bytes');
  const derive = (purpose: string) =>
    new Uint8Array(hkdfSync('sha256', master, 'imprest', purpose, 32));
  return {
    dataKeyMaster: derive('data keys'),
    apiKeyPepper: derive('api key pepper'),
    pseudonymPepper: derive('pseudonyms'),
    assetUrlKey: derive('asset urls'),
    workerKey: derive('worker key'),
  };
}
