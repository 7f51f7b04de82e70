import { streamName } from '@imprest/event-catalogue';
import type { EventStore } from '../ports/event-store.js';
import { applyToGenerationView, type GenerationView } from './generation-view.js';

/** The generation as its stream tells it now: never behind, unlike the read models. */
export async function loadGeneration(
  store: EventStore,
  generationId: string,
): Promise<GenerationView | undefined> {
  let view: GenerationView | undefined;
  for await (const page of store.readStream(streamName('generation', generationId))) {
    for (const event of page) view = applyToGenerationView(view, event);
  }
  return view;
}
