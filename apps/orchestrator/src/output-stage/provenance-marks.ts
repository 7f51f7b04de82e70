import {
  type MarkedOutput,
  type OutputMarker,
  type OutputMediaType,
  type ProvenanceFacts,
  UnreadableOutput,
} from '@imprest/application';
import type { C2paSigner } from '@imprest/c2pa-signing';
import { markAiGenerated, UnreadableImage } from '@imprest/provenance-marking';

/** XMP first and C2PA last, as the signature covers everything that is in the file by then. */
export class ProvenanceMarks implements OutputMarker {
  /** @param signer undefined: XMP alone */
  constructor(private readonly signer: C2paSigner | undefined) {}

  async mark(
    bytes: Uint8Array,
    mediaType: OutputMediaType,
    facts: ProvenanceFacts,
  ): Promise<MarkedOutput> {
    const withXmp = xmpMarked(bytes, mediaType, facts);
    if (this.signer === undefined) return { bytes: withXmp, marks: ['xmp'] };
    const signed = await this.signer.sign(withXmp, mediaType, facts);
    return { bytes: signed, marks: ['xmp', 'c2pa'] };
  }
}

function xmpMarked(
  bytes: Uint8Array,
  mediaType: OutputMediaType,
  { model, assetId, compositeWithReferences }: ProvenanceFacts,
): Uint8Array {
  try {
    const generator = `Imprest, model ${model}`;
    return markAiGenerated(bytes, mediaType, { generator, assetId, compositeWithReferences });
  } catch (error) {
    if (!(error instanceof UnreadableImage)) throw error;
    throw new UnreadableOutput(error.message, { cause: error });
  }
}
