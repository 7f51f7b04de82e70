import type { GenerationProvider, IdentityEmbedding, WorkOrder } from '@imprest/application';
import type { OrchestratorClient } from '../orchestrator/orchestrator-client.js';

/**
 * The looks that an order is rendered with: those it came with, or new ones, worked out here and handed in so that
 * every later picture has them. Undefined where nobody is to be recognised, or the provider has no looks.
 */
export async function identityOf(
  order: WorkOrder,
  provider: Pick<GenerationProvider, 'embedIdentity'>,
  client: Pick<OrchestratorClient, 'identity'>,
  signal: AbortSignal,
): Promise<IdentityEmbedding | undefined> {
  const { identity } = order;
  if (identity === undefined || provider.embedIdentity === undefined) return undefined;
  if (identity.embedding !== null) return identity.embedding;
  const embedding = await provider.embedIdentity(identity.description);
  return client.identity(order, embedding, signal);
}
