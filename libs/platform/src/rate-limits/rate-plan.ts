import type { TenantShare } from '@imprest/application';
import {
  DataFileError,
  knownFields,
  loadDataFile,
  mapping,
  namedEntries,
  readYaml,
  text,
  wholeNumber,
} from '@imprest/data-files';
import { builtInDataFile } from '../data-files/built-in-data-file.js';
import { type RateBucket, rateBuckets } from '../http/access.js';

/** Requests a minute on the base tier, by bucket; null is no limit. A bucket that is not named is left to others. */
export type BucketLimits = Readonly<Partial<Record<RateBucket, number | null>>>;

/** Which limits there are. Every number is multiplied by the tier of the tenant. */
export interface RatePlan {
  readonly version: string;
  /** What limits are multiplied by, by name of the tier. */
  readonly tiers: ReadonlyMap<string, number>;
  /** What a tenant of a tier gets of the workers, measured by the default tier: weight 1, priority 0. */
  readonly shares: ReadonlyMap<string, TierShare>;
  /** Of a tenant that none was assigned to, or one that is no more. */
  readonly defaultTier: string;
  readonly key: BucketLimits;
  readonly tenant: BucketLimits;
  /** Of one key in a dialect, which is then counted apart. */
  readonly dialects: ReadonlyMap<string, BucketLimits>;
}

export type TierShare = Pick<TenantShare, 'weight' | 'priority'>;

const MOST_REQUESTS = 1_000_000_000;
const MOST_TIMES = 1_000;
const MOST_WEIGHT = 1_000;
const MOST_PRIORITY = 9;

function bucketLimits(value: unknown, where: string): BucketLimits {
  const given = knownFields(mapping(value, where), rateBuckets, `${where}.`);
  const limits = Object.entries(given).map(([bucket, limit]) => {
    if (limit === 'unlimited') return [bucket, null];
    return [bucket, wholeNumber(limit, `${where}.${bucket}`, 1, MOST_REQUESTS)];
  });
  return Object.fromEntries(limits);
}

interface Tier extends TierShare {
  readonly name: string;
  readonly times: number;
}

function tiersOf(value: unknown): readonly Tier[] {
  return namedEntries(value, 'tiers').map(([name, entry]) => {
    const where = `tiers.${name}`;
    const fields = knownFields(mapping(entry, where), ['times', 'weight', 'priority'], `${where}.`);
    const { times, weight = 1, priority = 0 } = fields;
    return {
      name,
      times: wholeNumber(times, `${where}.times`, 1, MOST_TIMES),
      weight: wholeNumber(weight, `${where}.weight`, 1, MOST_WEIGHT),
      priority: wholeNumber(priority, `${where}.priority`, 0, MOST_PRIORITY),
    };
  });
}

/** The first one: what it gives is the measure of what others give. */
function defaultOf([first]: readonly Tier[]): string {
  if (first === undefined) throw new DataFileError('tiers must have an entry');
  if (first.weight === 1 && first.priority === 0) return first.name;
  throw new DataFileError(`tiers.${first.name}: the default tier has weight 1 and priority 0`);
}

/** @throws DataFileError */
export function parseRatePlan(yaml: string): RatePlan {
  const fields = ['version', 'tiers', 'key', 'tenant', 'dialects'];
  const file = knownFields(mapping(readYaml(yaml), 'the file'), fields);
  const tiers = tiersOf(file.tiers);
  const dialects = namedEntries(file.dialects ?? {}, 'dialects').map(
    ([name, limits]) => [name, bucketLimits(limits, `dialects.${name}`)] as const,
  );
  return {
    version: text(file.version, 'version'),
    tiers: new Map(tiers.map(({ name, times }) => [name, times])),
    shares: new Map(tiers.map(({ name, weight, priority }) => [name, { weight, priority }])),
    defaultTier: defaultOf(tiers),
    key: bucketLimits(file.key ?? {}, 'key'),
    tenant: bucketLimits(file.tenant ?? {}, 'tenant'),
    dialects: new Map(dialects),
  };
}

/** The operator's file, or the built-in one. @throws DataFileError */
export function loadRatePlan(file = builtInDataFile('rate-limits.yaml')): RatePlan {
  return loadDataFile('rate limits', file, parseRatePlan);
}
