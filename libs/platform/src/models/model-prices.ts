import { DataFileError, type Fields, mapping } from '@imprest/data-files';
import {
  type ClipPrice,
  type ModelPrice,
  type Quality,
  qualities,
  type Resolution,
  resolutions,
  type SizeClass,
} from '@imprest/domain';

const SIZE_CLASSES: readonly SizeClass[] = ['2K', '4K', 'custom'];

function tokens(value: unknown, where: string): bigint {
  if (Number.isSafeInteger(value) && (value as number) >= 0) return BigInt(value as number);
  throw new DataFileError(`${where} must be a whole number of tokens`);
}

/** A mapping whose keys are of a closed list, at least one of them. */
function keyed<Key extends string, Value>(
  value: unknown,
  where: string,
  keys: readonly Key[],
  read: (value: unknown, where: string) => Value,
): Partial<Record<Key, Value>> {
  const entries = Object.entries(mapping(value, where)).map(([key, inner]) => {
    if ((keys as readonly string[]).includes(key)) return [key, read(inner, `${where}.${key}`)];
    throw new DataFileError(`${where}.${key} must be one of ${keys.join(', ')}`);
  });
  if (entries.length > 0) return Object.fromEntries(entries);
  throw new DataFileError(`${where} must have a price for one of ${keys.join(', ')}`);
}

function byQuality(value: unknown, where: string): Record<Quality, bigint> {
  const { medium, high } = keyed(value, where, qualities, tokens);
  if (medium !== undefined && high !== undefined) return { medium, high };
  throw new DataFileError(`${where} must have a price for each of ${qualities.join(', ')}`);
}

/** @throws DataFileError */
export function imagePrice(
  { tokensPerImage, tokensByResolution }: Fields,
  where: string,
): ModelPrice {
  const bySize = keyed(tokensPerImage, `${where}.tokensPerImage`, SIZE_CLASSES, tokens);
  if (tokensByResolution === undefined) return { perImage: bySize };
  const byResolution = keyed<Resolution, Record<Quality, bigint>>(
    tokensByResolution,
    `${where}.tokensByResolution`,
    resolutions,
    byQuality,
  );
  return { perImage: bySize, perResolution: byResolution };
}

/** @throws DataFileError */
export function clipPrice({ tokensPerClip, tokensPerSecond }: Fields, where: string): ClipPrice {
  if ((tokensPerClip === undefined) === (tokensPerSecond === undefined)) {
    throw new DataFileError(`${where} must have one of tokensPerClip and tokensPerSecond`);
  }
  if (tokensPerClip !== undefined) {
    return { perClip: tokens(tokensPerClip, `${where}.tokensPerClip`) };
  }
  return { perSecond: tokens(tokensPerSecond, `${where}.tokensPerSecond`) };
}
