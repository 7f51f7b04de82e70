/** Where the pictures of a record are, in one of the two forms a request can ask for. */
export type ImageLink =
  | { readonly id: string; readonly expiresAt: string; readonly url: string }
  | { readonly id: string; readonly expiresAt: string; readonly b64_json: string }
  | { readonly id: string; readonly error: { readonly code: 'storage_failed' } };

/** Hours that signed image URLs live, from the end of the work. */
export const IMAGE_URL_HOURS = 23;

const HOUR_MS = 3_600_000;

/** When the URLs of work that ended at `finishedAt` die. */
export function imagesExpireAt(finishedAt: string): Date {
  return new Date(Date.parse(finishedAt) + IMAGE_URL_HOURS * HOUR_MS);
}

/** Work that succeeded before this has expired. */
export function expiredBefore(now: Date): Date {
  return new Date(now.getTime() - IMAGE_URL_HOURS * HOUR_MS);
}
