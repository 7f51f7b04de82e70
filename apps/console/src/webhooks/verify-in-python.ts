import type { WebhookScheme } from './endpoint.ts';
import { profiles, type SignatureProfile } from './signature-profile.ts';

const FRESH = `    if not timestamp.isdecimal() or len(timestamp) > 12:
        return False
    if abs(time.time() - int(timestamp)) > 300:
        return False`;

function withSecret(profile: SignatureProfile): string {
  const { timestampHeader, signatureHeader, idHeader, separator, prefix, encoding } = profile;
  const key = profile.isKeyDecoded
    ? 'base64.b64decode(secret.removeprefix("whsec_"))'
    : 'secret.encode()';
  const id = idHeader === undefined ? '' : `{headers.get('${idHeader}')}.`;
  const digest = encoding === 'hex' ? 'digest.hex()' : 'base64.b64encode(digest).decode()';
  return `import base64, hashlib, hmac, time


def is_from_imprest(headers: dict[str, str], raw_body: bytes, secret: str) -> bool:
    """headers: with lowercase names; raw_body: the bytes as received, before any parsing"""
    timestamp = headers.get("${timestampHeader}", "")
${FRESH}
    signed = f"${id}{timestamp}.".encode(errors="replace") + raw_body
    digest = hmac.new(${key}, signed, hashlib.sha256).digest()
    expected = ("${prefix}" + ${digest}).encode()
    given = headers.get("${signatureHeader}", "").split("${separator}")
    return any(hmac.compare_digest(expected, each.strip().encode(errors="replace")) for each in given)
`;
}

const WITH_PUBLIC_KEY = `import base64, time
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey


def is_from_imprest(headers: dict[str, str], raw_body: bytes, public_key: str) -> bool:
    """headers: with lowercase names; raw_body: the bytes as received; public_key: whpk_…"""
    timestamp = headers.get("webhook-timestamp", "")
${FRESH}
    raw = base64.b64decode(public_key.removeprefix("whpk_"))
    key = Ed25519PublicKey.from_public_bytes(raw)
    signed = f"{headers.get('webhook-id')}.{timestamp}.".encode(errors="replace") + raw_body
    for given in headers.get("webhook-signature", "").split():
        try:
            if given.startswith("v1a,"):
                key.verify(base64.b64decode(given[4:]), signed)
                return True
        except (InvalidSignature, ValueError):
            continue
    return False
`;

/** A function for Python that checks a delivery. */
export const verifyInPython = (scheme: WebhookScheme): string =>
  scheme === 'standard-ed25519' ? WITH_PUBLIC_KEY : withSecret(profiles[scheme]);
