import {
  createHash,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  type KeyObject,
  sign,
  verify,
} from 'node:crypto';

/** What stands before the 32 bytes of an Ed25519 public key in its DER form (RFC 8410, section 4). */
const SPKI_HEADER = Buffer.from('302a300506032b6570032100', 'hex');
const RAW_KEY = /^[A-Za-z0-9+/]{43}=$/;
const SIGNATURE = /^[A-Za-z0-9+/]{86}==$/;

export class InvalidSealKey extends Error {
  override readonly name = 'InvalidSealKey';
}

/** A public key that checks seals. */
export interface SealPublicKey {
  /** First 32 hexadecimal digits of the SHA-256 of the key's 32 bytes. */
  readonly keyId: string;
  /** Its 32 bytes in base64. */
  readonly publicKey: string;
  readonly key: KeyObject;
}

export interface SealKey extends SealPublicKey {
  readonly privateKey: KeyObject;
}

/** A new Ed25519 private key as PEM (PKCS #8). */
export function newSealKeyPem(): string {
  const { privateKey } = generateKeyPairSync('ed25519');
  return privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
}

/** @throws InvalidSealKey unless the PEM holds an Ed25519 private key */
export function sealKeyFromPem(pem: string): SealKey {
  let privateKey: KeyObject;
  try {
    privateKey = createPrivateKey(pem);
  } catch {
    throw new InvalidSealKey('the seal key is no private key in PEM form');
  }
  return { ...publicPart(createPublicKey(privateKey)), privateKey };
}

/** Takes base64 of 32 bytes, as it is published, or PEM. @throws InvalidSealKey */
export function sealPublicKey(text: string): SealPublicKey {
  const given = text.trim();
  try {
    if (!RAW_KEY.test(given)) return publicPart(createPublicKey(given));
    const der = Buffer.concat([SPKI_HEADER, Buffer.from(given, 'base64')]);
    return publicPart(createPublicKey({ key: der, format: 'der', type: 'spki' }));
  } catch (error) {
    if (error instanceof InvalidSealKey) throw error;
    throw new InvalidSealKey('a public key is base64 of 32 bytes, or PEM');
  }
}

function publicPart(key: KeyObject): SealPublicKey {
  if (key.asymmetricKeyType !== 'ed25519') throw new InvalidSealKey('seal keys are Ed25519');
  const raw = key.export({ format: 'der', type: 'spki' }).subarray(SPKI_HEADER.length);
  const keyId = createHash('sha256').update(raw).digest('hex').slice(0, 32);
  return { keyId, publicKey: raw.toString('base64'), key };
}

/** Ed25519 (RFC 8032), in base64. */
export function signBytes(bytes: Uint8Array, { privateKey }: SealKey): string {
  return sign(null, bytes, privateKey).toString('base64');
}

/** Base64 in any other spelling than the canonical one is no signature. */
export function isSignedBy(
  bytes: Uint8Array,
  signature: string,
  { key }: Pick<SealPublicKey, 'key'>,
): boolean {
  if (!SIGNATURE.test(signature)) return false;
  const decoded = Buffer.from(signature, 'base64');
  return decoded.toString('base64') === signature && verify(null, bytes, key, decoded);
}
