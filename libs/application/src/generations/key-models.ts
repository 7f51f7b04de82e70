import { domainError } from '@imprest/domain';
import { DomainFailure } from '../domain-failure.js';

/** @param models aliases that a key may use, null for all. @throws DomainFailure forbidden */
export function demandModel(models: ReadonlySet<string> | null, model: string): void {
  if (models === null || models.has(model)) return;
  const message = `this key may not use the model ${model}`;
  throw new DomainFailure(domainError('forbidden', message, { details: { model } }));
}
