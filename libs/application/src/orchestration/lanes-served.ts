import { validationError } from '@imprest/domain';
import { DomainFailure } from '../domain-failure.js';
import type { ModelCatalogue } from '../ports/model-catalogue.js';
import { canServe } from '../workers/fleet-view.js';

/** What a worker can do; it takes everything where it names nothing. */
export interface WorkerAbilities {
  /** Public names of models. */
  readonly models?: readonly string[];
  /** Names of the providers it has. */
  readonly providers?: readonly string[];
}

/**
 * Lanes of the job queue whose work the worker can do; undefined for all.
 * @throws DomainFailure validation_error when there is none: it would wait for ever, and nobody would know why
 */
export function lanesServed(
  catalogue: ModelCatalogue,
  { models, providers }: WorkerAbilities,
): readonly string[] | undefined {
  if (models === undefined && providers === undefined) return undefined;
  const lanes = catalogue.aliases.filter((alias) => {
    const entry = catalogue.resolve(alias);
    return entry !== undefined && canServe({ models, providers }, entry);
  });
  if (lanes.length > 0) return lanes;
  const [field, named] = models === undefined ? ['providers', providers] : ['models', models];
  throw new DomainFailure(
    validationError(field, `serve no model of the catalogue: ${named?.join(', ')}`),
  );
}
