import type { ProvenanceMark } from '@imprest/domain';
import type { OutputMediaType } from './generation-provider.js';

export interface ProvenanceFacts {
  /** Public name of the model. */
  readonly model: string;
  readonly assetId: string;
  /** True when pictures that no AI made went into it. */
  readonly compositeWithReferences: boolean;
}

export interface MarkedOutput {
  readonly bytes: Uint8Array;
  readonly marks: readonly ProvenanceMark[];
}

/**
 * Writes into a file that an AI made it, without touching a pixel. The last step before it is hashed and sealed:
 * whatever changes the file afterwards breaks the signature.
 */
export interface OutputMarker {
  /** @throws UnreadableOutput; any other error when it cannot sign, which is worth another try */
  mark(
    bytes: Uint8Array,
    mediaType: OutputMediaType,
    facts: ProvenanceFacts,
  ): Promise<MarkedOutput>;
}
