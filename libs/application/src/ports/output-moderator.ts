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
  /** Ends soon after the signal is aborted. */
  judge(subject: OutputSubject, signal: AbortSignal): Promise<OutputJudgement>;
}
