import { createHash } from 'node:crypto';
import { isEmail } from 'class-validator';

/** Halves of characters, which a JSON escape can bring alone: nothing can be encoded of them. */
const HALF = /\p{Surrogate}/u;
const READABLE = /^[a-z0-9]([a-z0-9_-]{0,62}[a-z0-9])?$/;

/**
 * The responsible end user of a request whose dialect names one in its own way, or none. An e-mail stands
 * for itself. Any other name becomes an address under `.invalid` (RFC 2606), readable where it can be;
 * a request that names nobody is put down to its key.
 */
export function endUserOfRequest(user: string | null | undefined, apiKeyId: string): string {
  if (user === undefined || user === null || user === '')
    return `${apiKeyId}@key.invalid`.toLowerCase();
  if (user.length <= 254 && !HALF.test(user) && isEmail(user)) return user.toLowerCase();
  if (READABLE.test(user)) return `${user}@user.invalid`;
  return `${createHash('sha256').update(user).digest('hex').slice(0, 40)}@user.invalid`;
}
