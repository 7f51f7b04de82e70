import { validationError } from '@imprest/domain';
import { DomainFailure } from '../domain-failure.js';
import type { ModelCatalogue, ModelEntry } from '../ports/model-catalogue.js';

/** The model of this alias, or the operator's default. @throws DomainFailure validation_error */
export function soldModel(catalogue: ModelCatalogue, alias: string | undefined): ModelEntry {
  const model = catalogue.resolve(alias);
  if (model !== undefined) return model;
  const known = catalogue.aliases.join(', ');
  throw new DomainFailure(validationError('model', `must be one of ${known}`));
}
