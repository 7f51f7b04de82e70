import type { OutputVerdict } from '@imprest/domain';
import type { OutputMediaType } from './generation-provider.js';
import type { OutputPicture } from './output-decoder.js';

export interface OutputSubject {
  /** Hex, of the file as it came. */
  readonly sha256: string;
  readonly mediaType: OutputMediaType;
  /** What there is to see: one picture of a still, a few of an animation, none of an MP4. */
  pictures(): Promise<readonly OutputPicture[]>;
}

export type OutputJudgement = Omit<OutputVerdict, 'latencyMs'>;

/**
 * Judges an output before it is stored. Whoever cannot judge throws, and the output is not handed out:
 * moderation fails closed.
 */
export interface OutputModerator {
  readonly name: string;
  /**
   * Whether it judges by what a picture shows. One that does not (it knows files, say) has nothing to say of a preview,
   * and as long as one of those is asked about outputs, no preview is shown.
   */
  readonly seesPictures?: boolean;
  /** Ends soon after the signal is aborted. */
  judge(subject: OutputSubject, signal: AbortSignal): Promise<OutputJudgement>;
}
