import { domainError } from '@imprest/domain';
import { DomainFailure } from '../domain-failure.js';
import type { EventStore } from '../ports/event-store.js';
import type { GenerationView } from './generation-view.js';
import { isGenerationId, loadGeneration } from './load-generation.js';

/**
 * The tenant's own, not erased generation. A foreign one answers as if it did not exist.
 * @throws DomainFailure not_found
 */
export async function ownGeneration(
  store: EventStore,
  tenantId: string,
  generationId: string,
): Promise<GenerationView> {
  const view = isGenerationId(generationId) ? await loadGeneration(store, generationId) : undefined;
  if (view === undefined || view.tenantId !== tenantId || view.erased) {
    throw new DomainFailure(domainError('not_found', `there is no generation ${generationId}`));
  }
  return view;
}
