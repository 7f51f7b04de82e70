import type { ModelCatalogue, ModelKind } from '@imprest/application';
import {
  DataFileError,
  knownFields,
  loadDataFile,
  mapping,
  readYaml,
  text,
} from '@imprest/data-files';
import type { PriceBook } from '@imprest/domain';
import { builtInDataFile } from '../data-files/built-in-data-file.js';
import { type PricedModel, pricedModel } from './model-entry.js';

const FILE_FIELDS = ['version', 'default', 'models', 'defaultVideo'];

/** @throws DataFileError */
export function parseModels(yaml: string): ModelCatalogue {
  return catalogueOf(readYaml(yaml));
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
  return file ?? builtInDataFile('models.yaml');
}

/** @throws DataFileError */
export function loadModels(file?: string): ModelCatalogue {
  return loadDataFile('models', modelsPath(file), parseModels);
}
