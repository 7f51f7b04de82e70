import type { OutputPicture } from './output-decoder.js';

/** Makes pictures for moderators of files that they must not be handed as they are. */
export interface MediaViewer {
  /** Small, grey and blurred beyond recognition of detail; undefined of what cannot be decoded here (MP4). */
  blurred(bytes: Uint8Array, mediaType: string): Promise<OutputPicture | undefined>;
  /** As it is, 1,024 pixels a side at most, an animation moving; undefined of what cannot be decoded here (MP4). */
  clear(bytes: Uint8Array, mediaType: string): Promise<OutputPicture | undefined>;
}
