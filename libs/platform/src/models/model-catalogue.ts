import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { ImageMediaType, ModelCatalogue, ModelEntry } from '@imprest/application';
import type { ModelPrice, PriceBook, SizeClass } from '@imprest/domain';
import { parse } from 'yaml';

/** The models file breaks a rule; the message names the entry and the rule. */
export class ModelsFileError extends Error {
  override readonly name = 'ModelsFileError';
}

const MEDIA_TYPES: readonly ImageMediaType[] = ['image/png', 'image/jpeg', 'image/webp'];
const SIZE_CLASSES: readonly SizeClass[] = ['2K', '4K', 'custom'];
const FILE_FIELDS = ['version', 'default', 'models'];
const MODEL_FIELDS = ['provider', 'providerModel', 'mediaType', 'tokensPerImage'];
const ALIAS = /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/;

type Fields = Readonly<Record<string, unknown>>;

function fields(value: unknown, where: string): Fields {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Fields;
  throw new ModelsFileError(`${where} must be a mapping`);
}

/** A misspelt field would otherwise be a default that nobody asked for. */
function known(given: Fields, names: readonly string[], where = ''): Fields {
  const stranger = Object.keys(given).find((name) => !names.includes(name));
  if (stranger === undefined) return given;
  throw new ModelsFileError(`${where}${stranger} is not a field: use ${names.join(', ')}`);
}

function text(value: unknown, where: string): string {
  if (typeof value === 'string' && value !== '') return value;
  throw new ModelsFileError(`${where} must be a text`);
}

function price(value: unknown, where: string): ModelPrice {
  const perImage: Partial<Record<SizeClass, bigint>> = {};
  for (const [sizeClass, tokens] of Object.entries(fields(value, where))) {
    if (!(SIZE_CLASSES as readonly string[]).includes(sizeClass)) {
      throw new ModelsFileError(`${where}.${sizeClass} must be one of ${SIZE_CLASSES.join(', ')}`);
    }
    if (!Number.isSafeInteger(tokens) || (tokens as number) < 0) {
      throw new ModelsFileError(`${where}.${sizeClass} must be a whole number of tokens`);
    }
    perImage[sizeClass as SizeClass] = BigInt(tokens as number);
  }
  if (Object.keys(perImage).length === 0) {
    throw new ModelsFileError(`${where} must have a price for one of ${SIZE_CLASSES.join(', ')}`);
  }
  return { perImage };
}

function model(alias: string, value: unknown): ModelEntry & { readonly price: ModelPrice } {
  const where = `models.${alias}`;
  if (!ALIAS.test(alias))
    throw new ModelsFileError(`${where}: the alias must match ${ALIAS.source}`);
  const entry = known(fields(value, where), MODEL_FIELDS, `${where}.`);
  const mediaType = text(entry.mediaType ?? 'image/png', `${where}.mediaType`) as ImageMediaType;
  if (!MEDIA_TYPES.includes(mediaType)) {
    throw new ModelsFileError(`${where}.mediaType must be one of ${MEDIA_TYPES.join(', ')}`);
  }
  return {
    alias,
    provider: text(entry.provider, `${where}.provider`),
    providerModel: text(entry.providerModel ?? alias, `${where}.providerModel`),
    mediaType,
    price: price(entry.tokensPerImage, `${where}.tokensPerImage`),
  };
}

function read(yaml: string): unknown {
  try {
    return parse(yaml);
  } catch (error) {
    throw new ModelsFileError(error instanceof Error ? error.message : String(error));
  }
}

/** @throws ModelsFileError */
export function parseModels(yaml: string): ModelCatalogue {
  const file = known(fields(read(yaml), 'the file'), FILE_FIELDS);
  const version = text(file.version, 'version');
  const entries = Object.entries(fields(file.models, 'models')).map(([alias, value]) =>
    model(alias, value),
  );
  const byAlias = new Map(entries.map((entry) => [entry.alias, entry]));
  const defaultAlias = text(file.default, 'default');
  if (!byAlias.has(defaultAlias)) {
    throw new ModelsFileError(`default names ${defaultAlias}, which is not among the models`);
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
