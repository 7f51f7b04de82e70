import { constants, createPrivateKey, type KeyObject, sign, X509Certificate } from 'node:crypto';

interface Algorithm {
  /** As C2PA calls it (specification 2.2, 13.2). */
  readonly name: string;
  /** As COSE does (RFC 9053, RFC 8230). */
  readonly cose: number;
  /** Null where the algorithm brings its own. */
  readonly digest: string | null;
}

const CURVES: Readonly<Record<string, Algorithm>> = {
  prime256v1: { name: 'es256', cose: -7, digest: 'sha256' },
  secp384r1: { name: 'es384', cose: -35, digest: 'sha384' },
};
const ED25519: Algorithm = { name: 'ed25519', cose: -8, digest: null };
const RSA: Algorithm = { name: 'ps256', cose: -37, digest: 'sha256' };
const CERTIFICATES = /-----BEGIN CERTIFICATE-----[\s\S]+?-----END CERTIFICATE-----/g;

/** A certificate chain and the key of its first certificate do not make a signer. */
export class CredentialInvalid extends Error {
  override readonly name = 'CredentialInvalid';
}

/** Who signs: a chain of certificates, the signer's first, and the key that belongs to it. */
export class SigningCredential {
  private constructor(
    /** DER, the signer's own first, without the root. */
    readonly chain: readonly Uint8Array[],
    readonly algorithm: Algorithm,
    readonly notAfter: Date,
    private readonly key: KeyObject,
  ) {}

  /**
   * @param certificates PEM, the signer's own first, then those that vouch for it
   * @param privateKey PEM of a P-256, P-384, Ed25519 or RSA key
   * @throws CredentialInvalid naming the rule, never a part of the key
   */
  static fromPem(certificates: string, privateKey: string): SigningCredential {
    const [own, ...others] = parsed(certificates);
    const key = keyOf(privateKey);
    if (own === undefined) throw new CredentialInvalid('there is no certificate in the PEM file');
    if (!own.checkPrivateKey(key)) {
      throw new CredentialInvalid('the key is not that of the first certificate');
    }
    if (own.checkIssued(own)) {
      const rule = 'the first certificate is signed by itself: C2PA needs one that a CA has signed';
      throw new CredentialInvalid(rule);
    }
    const chain = [own, ...others].map(({ raw }) => raw);
    return new SigningCredential(chain, algorithmOf(key), new Date(own.validTo), key);
  }

  /** ECDSA as r and s side by side, as COSE wants it. */
  sign(bytes: Uint8Array): Buffer {
    const { digest } = this.algorithm;
    if (this.algorithm === RSA) {
      const padding = constants.RSA_PKCS1_PSS_PADDING;
      return sign(digest, bytes, { key: this.key, padding, saltLength: 32 });
    }
    return sign(digest, bytes, { key: this.key, dsaEncoding: 'ieee-p1363' });
  }
}

function parsed(certificates: string): readonly X509Certificate[] {
  try {
    return [...certificates.matchAll(CERTIFICATES)].map(([pem]) => new X509Certificate(pem));
  } catch (cause) {
    throw new CredentialInvalid('a certificate of the PEM file cannot be read', { cause });
  }
}

function keyOf(pem: string): KeyObject {
  try {
    return createPrivateKey(pem);
  } catch {
    throw new CredentialInvalid(
      'the private key cannot be read: it must be PEM, without a passphrase',
    );
  }
}

function algorithmOf({ asymmetricKeyType, asymmetricKeyDetails }: KeyObject): Algorithm {
  if (asymmetricKeyType === 'ed25519') return ED25519;
  if (asymmetricKeyType === 'rsa' && (asymmetricKeyDetails?.modulusLength ?? 0) >= 2_048)
    return RSA;
  const curve = CURVES[asymmetricKeyDetails?.namedCurve ?? ''];
  if (asymmetricKeyType === 'ec' && curve !== undefined) return curve;
  throw new CredentialInvalid('the key must be P-256, P-384, Ed25519, or RSA of 2048 bits or more');
}
