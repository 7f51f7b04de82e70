import { createHmac, timingSafeEqual } from 'node:crypto';
import { assertAssetId, isAssetId } from './ports/asset-store.js';

/** Key of asset URLs. Several are accepted at once, so that a new one can take over from an old one. */
export interface UrlSigningKey {
  /** 1 to 32 letters, digits, `-` or `_`; named in the URL. */
  readonly id: string;
  /** At least 32 bytes. */
  readonly secret: Uint8Array;
}

export interface SignedAssetPath {
  readonly assetId: string;
  /** Unix seconds; the URL is good until the end of this second. */
  readonly expiresAt: number;
  readonly secret: UrlSigningKey;
}

export type AssetUrlVerdict =
  | {
      readonly valid: true;
      readonly assetId: string /** Unix seconds. */;
      readonly expiresAt: number;
    }
  | { readonly valid: false; readonly reason: 'malformed' | 'forged' | 'expired' };

const ASSETS = '/assets/';
const KEY_ID = /^[A-Za-z0-9_-]{1,32}$/;
const EXPIRY = /^[1-9][0-9]{0,11}$/;
const QUERY = /^exp=([0-9]+)&kid=([A-Za-z0-9_-]+)&sig=([A-Za-z0-9_-]{43})$/;
const MAX_URL_LENGTH = 512;
const MIN_SECRET_BYTES = 32;

/**
 * `/assets/<id>?exp=<unix seconds>&kid=<key id>&sig=<base64url>`, where sig is
 * HMAC-SHA256 over `GET\n<path>\n<exp>`. The same input gives the same URL, so caches keep working.
 * @throws RangeError naming the part that cannot be put into a URL, or a secret that is too short.
 */
export function signAssetPath({ assetId, expiresAt, secret }: SignedAssetPath): string {
  assertAssetId(assetId);
  if (!EXPIRY.test(String(expiresAt))) throw new RangeError('expiry is not in whole Unix seconds');
  if (!KEY_ID.test(secret.id))
    throw new RangeError('id of the URL signing key is not fit for a URL');
  const path = ASSETS + assetId;
  const signature = sign(path, String(expiresAt), secret);
  return `${path}?exp=${expiresAt}&kid=${secret.id}&sig=${signature}`;
}

/**
 * Accepts exactly what signAssetPath writes: another order, a further parameter or another spelling is
 * malformed, so that one asset and expiry have one URL.
 * @param url path and query as received, without scheme and host.
 * @param now Unix seconds.
 */
export function verifyAssetUrl(
  url: string,
  keys: readonly UrlSigningKey[],
  now: number,
): AssetUrlVerdict {
  if (url.length > MAX_URL_LENGTH) return { valid: false, reason: 'malformed' };
  const cut = url.indexOf('?');
  const path = url.slice(0, Math.max(cut, 0));
  const [, exp = '', kid = '', sig = ''] = QUERY.exec(url.slice(cut + 1)) ?? [];
  const assetId = path.slice(ASSETS.length);
  if (!path.startsWith(ASSETS) || !isAssetId(assetId) || !EXPIRY.test(exp) || !KEY_ID.test(kid)) {
    return { valid: false, reason: 'malformed' };
  }
  const key = keys.find((candidate) => candidate.id === kid);
  if (key === undefined) return { valid: false, reason: 'forged' };
  const genuine = timingSafeEqual(Buffer.from(sig), Buffer.from(sign(path, exp, key)));
  if (!genuine) return { valid: false, reason: 'forged' };
  const expiresAt = Number(exp);
  if (now > expiresAt) return { valid: false, reason: 'expired' };
  return { valid: true, assetId, expiresAt };
}

function sign(path: string, exp: string, key: UrlSigningKey): string {
  if (key.secret.length < MIN_SECRET_BYTES) {
    throw new RangeError(`URL signing key ${key.id} is shorter than ${MIN_SECRET_BYTES} bytes`);
  }
  return createHmac('sha256', key.secret).update(`GET\n${path}\n${exp}`).digest('base64url');
}
