import { type EventStore, type GenerationView, loadGeneration } from '@imprest/application';
import type { GenerationRecords, XaviraGeneration } from '@imprest/generation-records';

interface AcceptedGeneration {
  readonly view: GenerationView;
  readonly generation: XaviraGeneration;
}

/** What was accepted a moment ago, as this dialect tells it. @param known its view, where it was loaded already */
export async function acceptedGeneration(
  records: GenerationRecords,
  store: EventStore,
  id: string,
  known?: GenerationView,
): Promise<AcceptedGeneration> {
  const view = known ?? (await loadGeneration(store, id));
  const generation = view && (await records.generation(view));
  if (view === undefined || generation === undefined) {
    throw new Error(`${id} was accepted and is not there`);
  }
  return { view, generation };
}
