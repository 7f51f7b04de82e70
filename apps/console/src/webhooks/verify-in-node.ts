import type { WebhookScheme } from './endpoint.ts';
import { profiles, type SignatureProfile } from './signature-profile.ts';

const FRESH = `  const age = Math.abs(Date.now() / 1000 - Number(timestamp));
  if (!/^\\d+$/.test(timestamp) || age > 300) return false;`;

function withSecret(profile: SignatureProfile): string {
  const { timestampHeader, signatureHeader, idHeader, separator, prefix, encoding } = profile;
  const key = profile.isKeyDecoded
    ? "Buffer.from(secret.replace('whsec_', ''), 'base64')"
    : 'secret';
  const id = idHeader === undefined ? '' : `\${headers['${idHeader}']}.`;
  return `import { createHmac, timingSafeEqual } from 'node:crypto';

/** headers: with lowercase names; rawBody: the bytes as received, before any parsing */
export function isFromImprest(headers, rawBody, secret) {
  const timestamp = headers['${timestampHeader}'] ?? '';
${FRESH}
  const hmac = createHmac('sha256', ${key});
  hmac.update(\`${id}\${timestamp}.\`).update(rawBody);
  const expected = Buffer.from('${prefix}' + hmac.digest('${encoding}'));
  const given = (headers['${signatureHeader}'] ?? '').split('${separator}');
  return given.some((each) => {
    const signature = Buffer.from(each.trim());
    return signature.length === expected.length && timingSafeEqual(signature, expected);
  });
}
`;
}

const WITH_PUBLIC_KEY = `import { createPublicKey, verify } from 'node:crypto';

const SPKI = Buffer.from('302a300506032b6570032100', 'hex');

/** headers: with lowercase names; rawBody: the bytes as received; publicKey: whpk_… */
export function isFromImprest(headers, rawBody, publicKey) {
  const timestamp = headers['webhook-timestamp'] ?? '';
${FRESH}
  const raw = Buffer.from(publicKey.replace('whpk_', ''), 'base64');
  const key = createPublicKey({ key: Buffer.concat([SPKI, raw]), format: 'der', type: 'spki' });
  const signed = Buffer.concat([Buffer.from(\`\${headers['webhook-id']}.\${timestamp}.\`), rawBody]);
  const given = (headers['webhook-signature'] ?? '').split(' ');
  return given
    .filter((each) => each.startsWith('v1a,'))
    .some((each) => verify(null, signed, key, Buffer.from(each.slice(4), 'base64')));
}
`;

/** A function for Node.js that checks a delivery, without any package. */
export const verifyInNode = (scheme: WebhookScheme): string =>
  scheme === 'standard-ed25519' ? WITH_PUBLIC_KEY : withSecret(profiles[scheme]);
