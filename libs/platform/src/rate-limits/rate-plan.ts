import {
  DataFileError,
  knownFields,
  mapping,
  namedEntries,
  readYaml,
  text,
  wholeNumber,
} from '../data-files/checked-yaml.js';
import { builtInDataFile, loadDataFile } from '../data-files/load-data-file.js';
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

const MOST_REQUESTS = 1_000_000_000;
const MOST_TIMES = 1_000;

function bucketLimits(value: unknown, where: string): BucketLimits {
  const given = knownFields(mapping(value, where), rateBuckets, `${where}.`);
  const limits = Object.entries(given).map(([bucket, limit]) => {
    if (limit === 'unlimited') return [bucket, null];
    return [bucket, wholeNumber(limit, `${where}.${bucket}`, 1, MOST_REQUESTS)];
  });
  return Object.fromEntries(limits);
}

function tiersOf(value: unknown): ReadonlyMap<string, number> {
  const tiers = namedEntries(value, 'tiers').map(([name, entry]): [string, number] => {
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
  const dialects = namedEntries(file.dialects ?? {}, 'dialects').map(
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
export function loadRatePlan(file = builtInDataFile('rate-limits.yaml')): RatePlan {
  return loadDataFile('rate limits', file, parseRatePlan);
}
