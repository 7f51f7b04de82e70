import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { ModelCatalogue, ModelKind } from '@imprest/application';
import type { PriceBook } from '@imprest/domain';
import { DataFileError, knownFields, mapping, readYaml, text } from '../data-files/checked-yaml.js';
import { type PricedModel, pricedModel } from './model-entry.js';

/** The models file breaks a rule; the message names the entry and the rule. */
export class ModelsFileError extends DataFileError {
  override readonly name = 'ModelsFileError';

  /** @param rule what is wrong, without a word about where the file is */
  constructor(
    message: string,
    readonly rule = message,
  ) {
    super(message);
  }
}

const FILE_FIELDS = ['version', 'default', 'models', 'defaultVideo'];

/** @throws ModelsFileError */
export function parseModels(yaml: string): ModelCatalogue {
  try {
    return catalogueOf(readYaml(yaml));
  } catch (error) {
    if (error instanceof DataFileError) throw new ModelsFileError(error.message);
    throw error;
  }
}

function named(
  field: string,
  value: unknown,
  kind: ModelKind,
  models: ReadonlyMap<string, PricedModel['entry']>,
): string {
  const alias = text(value, field);
  const model = models.get(alias);
  if (model?.kind === kind) return alias;
  const rule = model === undefined ? 'is not among the models' : `makes no ${kind}s`;
  throw new DataFileError(`${field} names ${alias}, which ${rule}`);
}

function priceBookOf(version: string, models: readonly PricedModel[]): PriceBook {
  return {
    version,
    models: Object.fromEntries(
      models.flatMap((each) => ('price' in each ? [[each.entry.alias, each.price]] : [])),
    ),
    clips: Object.fromEntries(
      models.flatMap((each) => ('clipPrice' in each ? [[each.entry.alias, each.clipPrice]] : [])),
    ),
  };
}

function catalogueOf(content: unknown): ModelCatalogue {
  const file = knownFields(mapping(content, 'the file'), FILE_FIELDS);
  const version = text(file.version, 'version');
  const models = Object.entries(mapping(file.models, 'models')).map(([alias, value]) =>
    pricedModel(alias, value),
  );
  const byAlias = new Map(models.map(({ entry }) => [entry.alias, entry]));
  const usual = named('default', file.default, 'image', byAlias);
  const { defaultVideo } = file;
  return {
    aliases: [...byAlias.keys()],
    ...(defaultVideo !== undefined && {
      defaultVideo: named('defaultVideo', defaultVideo, 'video', byAlias),
    }),
    priceBook: priceBookOf(version, models),
    resolve: (alias = usual) => byAlias.get(alias),
  };
}

/** The operator's file, or the built-in one. */
export function modelsPath(file?: string): string {
  return file ?? fileURLToPath(new URL('../../data/models.yaml', import.meta.url));
}

/** @throws ModelsFileError */
export function loadModels(file?: string): ModelCatalogue {
  const path = modelsPath(file);
  try {
    return parseModels(readFileSync(path, 'utf8'));
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    const rule = error instanceof ModelsFileError ? error.rule : 'the file cannot be read';
    throw new ModelsFileError(`models file ${path}: ${reason}`, rule);
  }
}
