import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import {
  DataFileError,
  knownFields,
  mapping,
  readYaml,
  text,
  wholeNumber,
} from '../data-files/checked-yaml.js';
import { type RateBucket, rateBuckets } from '../http/access.js';

/** Requests a minute on the base tier, by bucket; null is no limit. A bucket that is not named is left to others. */
export type BucketLimits = Readonly<Partial<Record<RateBucket, number | null>>>;

/** Which limits there are. Every number is multiplied by the tier of the tenant. */
export interface RatePlan {
  readonly version: string;
  /** What limits are multiplied by, by name of the tier. */
  readonly tiers: ReadonlyMap<string, number>;
  /** Of a tenant that none was assigned to, or one that is no more. */
  readonly defaultTier: string;
  readonly key: BucketLimits;
  readonly tenant: BucketLimits;
  /** Of one key in a dialect, which is then counted apart. */
  readonly dialects: ReadonlyMap<string, BucketLimits>;
}

const NAME = /^[a-z0-9][a-z0-9._-]{0,63}$/;
const MOST_REQUESTS = 1_000_000_000;
const MOST_TIMES = 1_000;

function named(value: unknown, where: string): readonly (readonly [string, unknown])[] {
  const entries = Object.entries(mapping(value, where));
  const wrong = entries.find(([name]) => !NAME.test(name));
  if (wrong === undefined) return entries;
  throw new DataFileError(`${where}.${wrong[0]}: the name must match ${NAME.source}`);
}

function bucketLimits(value: unknown, where: string): BucketLimits {
  const given = knownFields(mapping(value, where), rateBuckets, `${where}.`);
  const limits = Object.entries(given).map(([bucket, limit]) => {
    if (limit === 'unlimited') return [bucket, null];
    return [bucket, wholeNumber(limit, `${where}.${bucket}`, 1, MOST_REQUESTS)];
  });
  return Object.fromEntries(limits);
}

function tiersOf(value: unknown): ReadonlyMap<string, number> {
  const tiers = named(value, 'tiers').map(([name, entry]): [string, number] => {
    const where = `tiers.${name}`;
    const { times } = knownFields(mapping(entry, where), ['times'], `${where}.`);
    return [name, wholeNumber(times, `${where}.times`, 1, MOST_TIMES)];
  });
  return new Map(tiers);
}

/** @throws DataFileError */
export function parseRatePlan(yaml: string): RatePlan {
  const fields = ['version', 'tiers', 'key', 'tenant', 'dialects'];
  const file = knownFields(mapping(readYaml(yaml), 'the file'), fields);
  const tiers = tiersOf(file.tiers);
  const [defaultTier] = tiers.keys();
  if (defaultTier === undefined) throw new DataFileError('tiers must have an entry');
  const dialects = named(file.dialects ?? {}, 'dialects').map(
    ([name, limits]) => [name, bucketLimits(limits, `dialects.${name}`)] as const,
  );
  return {
    version: text(file.version, 'version'),
    tiers,
    defaultTier,
    key: bucketLimits(file.key ?? {}, 'key'),
    tenant: bucketLimits(file.tenant ?? {}, 'tenant'),
    dialects: new Map(dialects),
  };
}

/** The operator's file, or the built-in one. @throws DataFileError */
export function loadRatePlan(file?: string): RatePlan {
  const path = file ?? fileURLToPath(new URL('../../data/rate-limits.yaml', import.meta.url));
  try {
    return parseRatePlan(readFileSync(path, 'utf8'));
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new DataFileError(`rate limits file ${path}: ${reason}`);
  }
}
