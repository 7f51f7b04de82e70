import { type DomainError, validationError } from '@imprest/domain';
import { DomainFailure } from '../domain-failure.js';
import type { ModelCatalogue, ModelEntry, ModelKind } from '../ports/model-catalogue.js';

type Models = Pick<ModelCatalogue, 'resolve' | 'aliases' | 'defaultVideo'>;

export type ModelOf<Kind extends ModelKind> = Extract<ModelEntry, { readonly kind: Kind }>;

function isShown({ dialects }: ModelEntry, dialect: string): boolean {
  return dialects === undefined || dialects.includes(dialect);
}

/** Models that are switched on and that one of the dialects shows, in the order of the catalogue. */
export function shownModels(models: Models, ...dialects: readonly string[]): readonly ModelEntry[] {
  return models.aliases.flatMap((alias) => {
    const model = models.resolve(alias);
    const shown = model?.enabled && dialects.some((dialect) => isShown(model, dialect));
    return shown ? [model] : [];
  });
}

function notSold(
  models: Models,
  alias: string | undefined,
  dialect: string,
  kind: ModelKind,
): DomainError {
  const model = models.resolve(alias);
  if (model === undefined || !isShown(model, dialect) || model.kind === kind) {
    const known = shownModels(models, dialect).filter((each) => each.kind === kind);
    return validationError('model', `must be one of ${known.map((each) => each.alias).join(', ')}`);
  }
  const rule = kind === 'image' ? 'makes videos, not images' : 'makes images, not videos';
  return validationError('model', `${model.alias} ${rule}`);
}

/**
 * The model of this alias, or the operator's default.
 * @param dialect name of the dialect that asks
 * @throws DomainFailure validation_error for one that is unknown, not shown in the dialect, of another kind or
 * switched off
 */
export function soldModel<Kind extends ModelKind>(
  models: Models,
  alias: string | undefined,
  dialect: string,
  kind: Kind,
): ModelOf<Kind> {
  const chosen = alias ?? (kind === 'video' ? (models.defaultVideo ?? '') : undefined);
  const model = models.resolve(chosen);
  if (model === undefined || model.kind !== kind || !isShown(model, dialect)) {
    throw new DomainFailure(notSold(models, chosen, dialect, kind));
  }
  if (!model.enabled) {
    throw new DomainFailure(validationError('model', `${model.alias} is switched off`));
  }
  return model as ModelOf<Kind>;
}
