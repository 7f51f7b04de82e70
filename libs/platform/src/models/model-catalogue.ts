import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { ImageMediaType, ModelCatalogue, ModelEntry } from '@imprest/application';
import {
  type ModelPrice,
  type PriceBook,
  type Quality,
  qualities,
  type Resolution,
  resolutions,
  type SizeClass,
} from '@imprest/domain';
import { DataFileError, knownFields, mapping, readYaml, text } from '../data-files/checked-yaml.js';

/** The models file breaks a rule; the message names the entry and the rule. */
export class ModelsFileError extends DataFileError {
  override readonly name = 'ModelsFileError';
}

const MEDIA_TYPES: readonly ImageMediaType[] = ['image/png', 'image/jpeg', 'image/webp'];
const SIZE_CLASSES: readonly SizeClass[] = ['2K', '4K', 'custom'];
const FILE_FIELDS = ['version', 'default', 'models'];
const MODEL_FIELDS = [
  'provider',
  'providerModel',
  'mediaType',
  'tokensPerImage',
  'tokensByResolution',
];
const ALIAS = /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/;

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

function price(perImage: unknown, perResolution: unknown, where: string): ModelPrice {
  const bySize = keyed<SizeClass, bigint>(
    perImage,
    `${where}.tokensPerImage`,
    SIZE_CLASSES,
    tokens,
  );
  if (perResolution === undefined) return { perImage: bySize };
  const byResolution = keyed<Resolution, Record<Quality, bigint>>(
    perResolution,
    `${where}.tokensByResolution`,
    resolutions,
    byQuality,
  );
  return { perImage: bySize, perResolution: byResolution };
}

function model(alias: string, value: unknown): ModelEntry & { readonly price: ModelPrice } {
  const where = `models.${alias}`;
  if (!ALIAS.test(alias)) throw new DataFileError(`${where}: the alias must match ${ALIAS.source}`);
  const entry = knownFields(mapping(value, where), MODEL_FIELDS, `${where}.`);
  const mediaType = text(entry.mediaType ?? 'image/png', `${where}.mediaType`) as ImageMediaType;
  if (!MEDIA_TYPES.includes(mediaType)) {
    throw new DataFileError(`${where}.mediaType must be one of ${MEDIA_TYPES.join(', ')}`);
  }
  return {
    alias,
    provider: text(entry.provider, `${where}.provider`),
    providerModel: text(entry.providerModel ?? alias, `${where}.providerModel`),
    mediaType,
    price: price(entry.tokensPerImage, entry.tokensByResolution, where),
  };
}

/** @throws ModelsFileError */
export function parseModels(yaml: string): ModelCatalogue {
  try {
    return catalogueOf(readYaml(yaml));
  } catch (error) {
    if (error instanceof DataFileError) throw new ModelsFileError(error.message);
    throw error;
  }
}

function catalogueOf(content: unknown): ModelCatalogue {
  const file = knownFields(mapping(content, 'the file'), FILE_FIELDS);
  const version = text(file.version, 'version');
  const entries = Object.entries(mapping(file.models, 'models')).map(([alias, value]) =>
    model(alias, value),
  );
  const byAlias = new Map(entries.map((entry) => [entry.alias, entry]));
  const defaultAlias = text(file.default, 'default');
  if (!byAlias.has(defaultAlias)) {
    throw new DataFileError(`default names ${defaultAlias}, which is not among the models`);
  }
  const models = Object.fromEntries(entries.map(({ alias, price: own }) => [alias, own]));
  const priceBook: PriceBook = { version, models };
  return {
    aliases: [...byAlias.keys()],
    priceBook,
    resolve: (alias = defaultAlias) => byAlias.get(alias),
  };
}

/** The operator's file, or the built-in one. @throws ModelsFileError */
export function loadModels(file?: string): ModelCatalogue {
  const path = file ?? fileURLToPath(new URL('../../data/models.yaml', import.meta.url));
  try {
    return parseModels(readFileSync(path, 'utf8'));
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new ModelsFileError(`models file ${path}: ${reason}`);
  }
}
