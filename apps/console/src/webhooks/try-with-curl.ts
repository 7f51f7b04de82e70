import type { WebhookEndpoint } from './endpoint.ts';
import { profiles, type SignatureProfile } from './signature-profile.ts';

const HEX = "od -An -vtx1 | tr -d ' \\n'";

function signedDelivery(profile: SignatureProfile, url: string): string {
  const { timestampHeader, signatureHeader, idHeader, prefix, encoding } = profile;
  const key = profile.isKeyDecoded
    ? `printf %s "\${SECRET#whsec_}" | base64 -d | ${HEX}`
    : `printf %s "$SECRET" | ${HEX}`;
  const signed = idHeader === undefined ? '$TIME.$BODY' : '$ID.$TIME.$BODY';
  const encode = encoding === 'hex' ? HEX : "base64 | tr -d '\\n'";
  const id = idHeader === undefined ? '' : ` \\\n  -H "${idHeader}: $ID"`;
  return `# Sends your receiver a delivery that is signed as ours are.
SECRET='whsec_…'
ID=msg_test TIME=$(date +%s) BODY='{"type":"webhook.test"}'
KEY=$(${key})
SIGNATURE=$(printf %s "${signed}" | openssl dgst -sha256 -mac HMAC -macopt "hexkey:$KEY" -binary | ${encode})
curl -i '${url}' -H 'content-type: application/json'${id} \\
  -H "${timestampHeader}: $TIME" -H "${signatureHeader}: ${prefix}$SIGNATURE" -d "$BODY"
`;
}

/** A command that tries a receiver; of a scheme with public keys, one that fetches them. */
export function tryWithCurl({
  scheme,
  url,
  publicKeysUrl,
}: Pick<WebhookEndpoint, 'scheme' | 'url' | 'publicKeysUrl'>): string {
  const target = url.replaceAll("'", '%27');
  if (scheme !== 'standard-ed25519') return signedDelivery(profiles[scheme], target);
  return `# The keys that are valid now: no key of the API is needed.\ncurl -s '${publicKeysUrl ?? ''}'\n`;
}
