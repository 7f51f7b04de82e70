import { createHash, generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto';
import {
  bitString,
  boolean,
  element,
  objectId,
  octetString,
  sequence,
  set,
  time,
  unsigned,
  utf8,
} from './der.js';

const ECDSA_WITH_SHA256 = sequence(objectId('1.2.840.10045.4.3.2'));
const COMMON_NAME = '2.5.4.3';
const ORGANIZATION = '2.5.4.10';
const SUBJECT_KEY = '2.5.29.14';
const KEY_USAGE = '2.5.29.15';
const BASIC_CONSTRAINTS = '2.5.29.19';
const AUTHORITY_KEY = '2.5.29.35';
const EXTENDED_KEY_USAGE = '2.5.29.37';
const EMAIL_PROTECTION = '1.3.6.1.5.5.7.3.4';
const VALID_YEARS = 10;

interface CertificateRequest {
  readonly subject: Buffer;
  readonly issuer: Buffer;
  readonly publicKey: KeyObject;
  readonly signer: KeyObject;
  readonly from: Date;
  readonly extensions: readonly Buffer[];
}

/**
 * A certificate authority of its own and a certificate it has signed (RFC 5280), for trials: what it signs can be
 * checked for changes, and shows as signed by somebody unknown. The key of the authority is thrown away.
 * @returns PEM: the signer's key, its certificate, and the authority's
 */
export function newTrialCredential(now: Date): string {
  const authority = generateKeyPairSync('ec', { namedCurve: 'prime256v1' });
  const own = generateKeyPairSync('ec', { namedCurve: 'prime256v1' });
  const issuer = named('Imprest trial authority');
  const common = { issuer, signer: authority.privateKey, from: now };
  const authorityKey = keyId(authority.publicKey);
  const root = certificate({
    ...common,
    subject: issuer,
    publicKey: authority.publicKey,
    extensions: [
      extension(BASIC_CONSTRAINTS, sequence(boolean(true)), true),
      // keyCertSign and cRLSign
      extension(KEY_USAGE, bitString(Buffer.of(0x06), 1), true),
      extension(SUBJECT_KEY, octetString(authorityKey)),
    ],
  });
  const leaf = certificate({
    ...common,
    subject: named('Imprest trial signer'),
    publicKey: own.publicKey,
    extensions: [
      extension(BASIC_CONSTRAINTS, sequence(), true),
      // digitalSignature
      extension(KEY_USAGE, bitString(Buffer.of(0x80), 7), true),
      extension(EXTENDED_KEY_USAGE, sequence(objectId(EMAIL_PROTECTION))),
      extension(SUBJECT_KEY, octetString(keyId(own.publicKey))),
      extension(AUTHORITY_KEY, sequence(element(0x80, authorityKey))),
    ],
  });
  const key = own.privateKey.export({ type: 'pkcs8', format: 'pem' });
  return `${key}${pem(leaf)}${pem(root)}`;
}

function certificate(request: CertificateRequest): Buffer {
  const { subject, issuer, publicKey, signer, from, extensions } = request;
  const until = new Date(from);
  until.setUTCFullYear(from.getUTCFullYear() + VALID_YEARS);
  const version3 = element(0xa0, unsigned(Buffer.of(2)));
  const content = sequence(
    version3,
    unsigned(randomBytes(16)),
    ECDSA_WITH_SHA256,
    issuer,
    sequence(time(from), time(until)),
    subject,
    publicKey.export({ type: 'spki', format: 'der' }),
    element(0xa3, sequence(...extensions)),
  );
  return sequence(content, ECDSA_WITH_SHA256, bitString(sign('sha256', content, signer)));
}

const named = (commonName: string): Buffer =>
  sequence(
    set(sequence(objectId(ORGANIZATION), utf8('Imprest'))),
    set(sequence(objectId(COMMON_NAME), utf8(commonName))),
  );

const extension = (id: string, value: Buffer, critical = false): Buffer =>
  sequence(objectId(id), ...(critical ? [boolean(true)] : []), octetString(value));

/** SHA-1 of the public key's bits (RFC 5280, 4.2.1.2): a name, not a safeguard. */
function keyId(publicKey: KeyObject): Buffer {
  const { x = '', y = '' } = publicKey.export({ format: 'jwk' });
  const point = [Buffer.of(4), Buffer.from(x, 'base64url'), Buffer.from(y, 'base64url')];
  return createHash('sha1').update(Buffer.concat(point)).digest();
}

function pem(der: Buffer): string {
  const lines = der.toString('base64').match(/.{1,64}/g) ?? [];
  return ['-----BEGIN CERTIFICATE-----', ...lines, '-----END CERTIFICATE-----', ''].join('\n');
}
