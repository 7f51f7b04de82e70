/** The bytes are not a still PNG, JPEG or WebP file whose structure can be followed to its end. */
export class UnreadableImage extends Error {
  override readonly name = 'UnreadableImage';
}
