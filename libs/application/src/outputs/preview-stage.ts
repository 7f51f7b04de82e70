import { hash } from 'node:crypto';
import { validationError } from '@imprest/domain';
import { DomainFailure } from '../domain-failure.js';
import {
  type OutputHeader,
  type OutputPicture,
  UnreadableOutput,
} from '../ports/output-decoder.js';
import type { ProvenanceFacts } from '../ports/output-marker.js';
import { judgeOutput } from './judge-output.js';
import type { OutputStageServices } from './output-stage.js';

export interface PreviewStageServices extends OutputStageServices {
  /** Whether the operator wants previews at all. */
  readonly wanted: boolean;
}

/** What workers may send: samplers tell of themselves in JPEG of the best quality. */
export const MOST_PREVIEW_BYTES = 256 * 1024;
const LONGEST_SIDE = 512;
/** What is kept and shown, after it was made anew. */
const MOST_SHOWN_BYTES = 64 * 1024;
/** A preview that is judged later is no preview any more. */
const PATIENCE_MS = 5_000;

const refused = (rule: string) => new DomainFailure(validationError('preview', rule));

/**
 * What lies between a worker's preview and whoever watches. It is a picture like any output: made anew from its pixels, judged by
 * everybody who will judge the output, and marked as made by an AI. What nobody can judge is not shown.
 */
export class PreviewStage {
  constructor(private readonly services: PreviewStageServices) {}

  /** Whether anything can be shown: not where an output is also judged by somebody who cannot judge a preview of it. */
  get isOpen(): boolean {
    const { wanted, moderators } = this.services;
    return wanted && moderators.every(({ seesPictures }) => seesPictures === true);
  }

  /**
   * The picture that may be shown.
   * @throws DomainFailure validation_error for what is no small still picture; unavailable when a moderator could not judge
   * it in time; OutputWithheld
   */
  async prepare(bytes: Uint8Array, facts: ProvenanceFacts): Promise<OutputPicture> {
    const { moderators, marker } = this.services;
    const header = this.smallStill(bytes);
    const picture = await this.madeAnew(bytes, header);
    const { mediaType } = picture;
    const sha256 = hash('sha256', bytes);
    // What is judged are the very pixels that are shown.
    const pictures = async () => [picture];
    await judgeOutput(moderators, { sha256, mediaType, pictures }, PATIENCE_MS);
    const marked = await marker.mark(picture.bytes, mediaType, facts);
    if (marked.bytes.length > MOST_SHOWN_BYTES) {
      throw refused(`must be ${MOST_SHOWN_BYTES} bytes at most once it was made anew as WebP`);
    }
    return { ...picture, bytes: marked.bytes };
  }

  private smallStill(bytes: Uint8Array): OutputHeader {
    if (bytes.length > MOST_PREVIEW_BYTES) {
      throw refused(`must be ${MOST_PREVIEW_BYTES} bytes at most`);
    }
    const header = this.services.inspect(bytes);
    if (header === undefined || header.moves || header.mediaType === 'video/mp4') {
      throw refused('must be a still PNG, JPEG or WebP');
    }
    if (Math.max(header.width, header.height) > LONGEST_SIDE) {
      throw refused(`must be ${LONGEST_SIDE} pixels a side at most`);
    }
    return header;
  }

  private async madeAnew(bytes: Uint8Array, header: OutputHeader): Promise<OutputPicture> {
    try {
      const { thumbnail } = await this.services.decoder.decode(bytes, header, 1);
      if (thumbnail !== null) return thumbnail;
    } catch (error) {
      if (!(error instanceof UnreadableOutput)) throw error;
      throw refused(`must be whole: ${error.message}`);
    }
    throw refused('must be a still PNG, JPEG or WebP');
  }
}
