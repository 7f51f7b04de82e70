import { hash } from 'node:crypto';
import {
  domainError,
  type OutputVerdict,
  type ProvenanceMark,
  validationError,
} from '@imprest/domain';
import { DomainFailure } from '../domain-failure.js';
import {
  type DecodedOutput,
  type OutputDecoder,
  type OutputHeader,
  type OutputPicture,
  UnreadableOutput,
} from '../ports/output-decoder.js';
import type { MarkedOutput, OutputMarker } from '../ports/output-marker.js';
import type { OutputModerator } from '../ports/output-moderator.js';
import { judgeOutput } from './judge-output.js';
import {
  demandOrdered,
  demandOrderedClip,
  type InspectOutput,
  mostFrames,
  type OutputOrder,
} from './ordered-output.js';

export interface OutputStageServices {
  readonly inspect: InspectOutput;
  readonly decoder: OutputDecoder;
  /** The quickest first; with none, what the provider lets through counts. */
  readonly moderators: readonly OutputModerator[];
  readonly marker: OutputMarker;
}

/** An output that may be stored, as it is going to be handed out. */
export interface PreparedOutput {
  readonly header: Pick<OutputHeader, 'mediaType' | 'width' | 'height'>;
  readonly bytes: Uint8Array;
  readonly thumbnail: OutputPicture | null;
  readonly marks: readonly ProvenanceMark[];
  readonly verdicts: readonly OutputVerdict[];
}

export interface OutputToPrepare extends OutputOrder {
  readonly bytes: Uint8Array;
  readonly assetId: string;
}

/**
 * What lies between a worker's upload and storage: is it what was ordered, down to the last pixel; may it be
 * handed out; and the marks that say an AI made it. Workers have no say in any of it.
 */
export class OutputStage {
  constructor(private readonly services: OutputStageServices) {}

  /**
   * @throws DomainFailure validation_error for what is not what was ordered; unavailable, with a `reason`, when
   * a moderator or the signer could not do its part; OutputWithheld
   */
  async prepare(output: OutputToPrepare): Promise<PreparedOutput> {
    const { bytes } = output;
    const header = demandOrdered(this.services.inspect(bytes), output);
    const decoded = await this.decoded(output, header);
    const sha256 = hash('sha256', bytes);
    const pictures = () => this.services.decoder.pictures(bytes, header);
    const subject = { sha256, mediaType: header.mediaType, pictures };
    const verdicts = await judgeOutput(this.services.moderators, subject);
    const marked = await this.marked(output, header);
    return { header, ...marked, thumbnail: decoded.thumbnail, verdicts };
  }

  private async decoded(output: OutputToPrepare, header: OutputHeader): Promise<DecodedOutput> {
    try {
      const limit = mostFrames(output);
      const decoded = await this.services.decoder.decode(output.bytes, header, limit);
      demandOrderedClip(decoded, output);
      return decoded;
    } catch (error) {
      throw refusedIfUnreadable(error);
    }
  }

  private async marked(
    output: OutputToPrepare,
    { mediaType }: OutputHeader,
  ): Promise<MarkedOutput> {
    const { bytes, assetId, parameters, modelAlias } = output;
    // The only reference of a clip was made by an AI itself.
    const compositeWithReferences = !parameters.video && parameters.referencesCount > 0;
    const facts = { model: modelAlias, assetId, compositeWithReferences };
    try {
      return await this.services.marker.mark(bytes, mediaType, facts);
    } catch (error) {
      if (error instanceof UnreadableOutput) throw refusedIfUnreadable(error);
      throw notMarked(error);
    }
  }
}

function refusedIfUnreadable(error: unknown): unknown {
  if (!(error instanceof UnreadableOutput)) return error;
  return new DomainFailure(validationError('image', `must be whole: ${error.message}`));
}

function notMarked(cause: unknown): DomainFailure {
  const message = 'the output could not be marked as made by an AI: send it again later';
  const failure = new DomainFailure(
    domainError('unavailable', message, { details: { reason: 'marking_failed' } }),
  );
  failure.cause = cause;
  return failure;
}
