/** Hours that signed URLs of images and clips live, from the end of the work. */
export const IMAGE_URL_HOURS = 23;

const HOUR_MS = 3_600_000;

/** When the URLs of work that ended at `finishedAt` die. */
export function imagesExpireAt(finishedAt: string): Date {
  return new Date(Date.parse(finishedAt) + IMAGE_URL_HOURS * HOUR_MS);
}

/** Name on record of the dialect whose outputs stay until somebody deletes them. */
export const XAVIRA_DIALECT = 'xavira';

/** The last moment that dates of JavaScript and of URLs can both tell. */
const NEVER = new Date('9999-12-31T23:59:59.000Z');

interface Ended {
  readonly dialect: string;
  readonly createdAt: string;
  readonly finishedAt: string | null;
}

/** When the outputs of a generation can no longer be fetched. */
export function outputsExpireAt({ dialect, createdAt, finishedAt }: Ended): Date {
  return dialect === XAVIRA_DIALECT ? NEVER : imagesExpireAt(finishedAt ?? createdAt);
}

/** Work that succeeded before this has expired. */
export function expiredBefore(now: Date): Date {
  return new Date(now.getTime() - IMAGE_URL_HOURS * HOUR_MS);
}
