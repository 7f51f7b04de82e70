import { asciiBytes } from './bytes.js';
import { boxesOf } from './mp4-boxes.js';

/** What encoders say about a clip: titles, comments, settings, whole workflows. */
const NOTES = new Set(['udta', 'meta', 'uuid']);
const HOLD_NOTES = new Set(['moov', 'trak']);

/**
 * The same clip with its notes as free space: taking them out would move the samples that the tracks point at.
 * @throws UnreadableImage
 */
export function mp4WithoutNotes(bytes: Uint8Array): Uint8Array {
  const kept = Uint8Array.from(bytes);
  freeNotes(kept);
  return kept;
}

/** In place: the bodies of boxes are views of their parent. */
function freeNotes(parent: Uint8Array): void {
  for (const { type, start, body } of boxesOf(parent)) {
    if (HOLD_NOTES.has(type)) freeNotes(body);
    if (!NOTES.has(type)) continue;
    parent.set(asciiBytes('free'), start + 4);
    body.fill(0);
  }
}
