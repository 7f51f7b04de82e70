import { streamName } from '@imprest/event-catalogue';
import type { EventStore } from '../ports/event-store.js';
import { applyToGenerationView, type GenerationView } from './generation-view.js';

/** The spelling of an id of a generation. */
export const GENERATION_ID = /^req_[0-9a-z]{26}$/;

/** Whether a text can be the id of a generation. */
export function isGenerationId(text: string): boolean {
  return GENERATION_ID.test(text);
}

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
