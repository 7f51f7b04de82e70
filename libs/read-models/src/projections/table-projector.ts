import type { Projector } from '@imprest/application';

/** A projector whose tables hold nothing else: emptied and filled from the first event on, they are the same again. */
export interface TableProjector extends Projector {
  /** With their schema. */
  readonly tables: readonly string[];
}

export const BATCH_SIZE = 2_000;
