import type { OutputMediaType } from './generation-provider.js';

/** What the header of a file says. */
export interface OutputHeader {
  readonly mediaType: OutputMediaType;
  /** Whether it moves: an animated WebP or a video. */
  readonly moves: boolean;
  readonly width: number;
  readonly height: number;
}

export interface OutputPicture {
  readonly bytes: Uint8Array;
  readonly mediaType: 'image/webp';
  readonly width: number;
  readonly height: number;
}

/** What is in a file besides what its header says. */
export interface DecodedOutput {
  /** 1 of a still. */
  readonly frames: number;
  /** 0 of a still. */
  readonly durationMs: number;
  /** Of the first frame; null of what cannot be decoded here (MP4). */
  readonly thumbnail: OutputPicture | null;
}

/** The file does not hold what its header promises. The message says what is wrong with it. */
export class UnreadableOutput extends Error {
  override readonly name = 'UnreadableOutput';
}

/** Looks into the files that workers send, off the main thread and within bounds of time and memory. */
export interface OutputDecoder {
  /**
   * Every pixel of a still and of an animation; of an MP4 its structure. More frames than `mostFrames` are
   * refused before they are decoded. @throws UnreadableOutput
   */
  decode(bytes: Uint8Array, header: OutputHeader, mostFrames: number): Promise<DecodedOutput>;
  /** Frames spread over the whole, small enough for a classifier; none of an MP4. @throws UnreadableOutput */
  pictures(bytes: Uint8Array, header: OutputHeader): Promise<readonly OutputPicture[]>;
}
