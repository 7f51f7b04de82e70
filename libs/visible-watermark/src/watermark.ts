import { GLYPH_HEIGHT, isInk, textWidth } from './bitmap-font.js';
import { blend, type Raster } from './raster.js';

const TEXT = 'AI GENERATED';
/** The mark takes about a seventh of the width of a square picture. */
const CELLS_PER_SIDE = 460;

/** Writes a small, half transparent mark with a shadow into the lower right corner. */
export function drawWatermark(picture: Raster): void {
  const cell = Math.max(1, Math.round(Math.min(picture.width, picture.height) / CELLS_PER_SIDE));
  const width = textWidth(TEXT) * cell;
  const left = picture.width - width - 5 * cell;
  const top = picture.height - (GLYPH_HEIGHT + 5) * cell;
  drawText(picture, left + cell, top + cell, cell, 0, 0.35);
  drawText(picture, left, top, cell, 255, 0.62);
}

function drawText(
  picture: Raster,
  left: number,
  top: number,
  cell: number,
  grey: number,
  coverage: number,
): void {
  const right = Math.min(picture.width, left + textWidth(TEXT) * cell);
  const bottom = Math.min(picture.height, top + GLYPH_HEIGHT * cell);
  for (let y = Math.max(0, top); y < bottom; y += 1) {
    for (let x = Math.max(0, left); x < right; x += 1) {
      if (isInk(TEXT, (x - left) / cell, (y - top) / cell)) {
        blend(picture, x, y, grey, grey, grey, coverage);
      }
    }
  }
}
