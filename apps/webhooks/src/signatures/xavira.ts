import { createHmac } from 'node:crypto';

/**
 * Headers of the xavira dialect: the hex of HMAC-SHA256(secret, "<timestamp>.<rawBody>"). The key is the whole
 * secret as text, `whsec_` included. An endpoint has one secret, so there is one signature.
 * @throws RangeError for more than one secret: the header has room for one signature
 */
export function signXavira(
  secrets: readonly string[],
  messageId: string,
  timestampSeconds: number,
  rawBody: Uint8Array,
): Record<string, string> {
  const [secret] = secrets;
  if (secret === undefined || secrets.length > 1) {
    throw new RangeError('a delivery to an endpoint is signed with one secret');
  }
  const hmac = createHmac('sha256', secret).update(`${timestampSeconds}.`).update(rawBody);
  return {
    'X-Xavira-Delivery': messageId,
    'X-Xavira-Timestamp': String(timestampSeconds),
    'X-Xavira-Signature': hmac.digest('hex'),
  };
}
