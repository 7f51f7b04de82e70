import { blend, GLYPH_HEIGHT, isInk, type Raster, textWidth } from '@imprest/visible-watermark';
import type { Chance } from '../chance/chance.js';

/** A reference image, decoded and no larger than its print needs. */
export interface ReferencePicture extends Raster {
  /** `IMAGE_1` and so on when the prompt speaks of it: then its print is larger and says so. */
  readonly caption: string | undefined;
}

interface Print {
  readonly picture: ReferencePicture;
  /** Middle, in pixels. */
  readonly x: number;
  readonly y: number;
  /** Half sides of the paper, in pixels. */
  readonly halfWidth: number;
  readonly halfHeight: number;
  readonly border: number;
  readonly cosine: number;
  readonly sine: number;
}

const MOST_IN_A_ROW = 5;

/** Longest side of a reference's print, in pixels, for a picture of this size and so many references. */
export function printSide(width: number, height: number, references: number): number {
  const columns = Math.min(MOST_IN_A_ROW, references);
  return Math.max(8, Math.round(Math.min(Math.min(width, height) * 0.3, (width / columns) * 0.72)));
}

/** Lays the references on the picture as instant prints, scattered along its lower part. */
export function drawReferences(
  picture: Raster,
  references: readonly ReferencePicture[],
  chance: Chance,
): void {
  const rows = Math.ceil(references.length / MOST_IN_A_ROW);
  const inRow = Math.ceil(references.length / rows);
  const side = printSide(picture.width, picture.height, references.length);
  references.forEach((reference, index) => {
    const row = Math.floor(index / inRow);
    const size = reference.caption ? 1 : 0.82;
    const angle = chance.between(-0.13, 0.13);
    const scale = (size * side) / Math.max(reference.width, reference.height);
    const border = side * size * 0.06;
    drawPrint(picture, {
      picture: reference,
      x: (picture.width * ((index % inRow) + 0.5)) / inRow + chance.between(-0.06, 0.06) * side,
      y: picture.height - side * (0.78 + row * 1.05) + chance.between(-0.05, 0.05) * side,
      halfWidth: (reference.width * scale) / 2 + border,
      halfHeight: (reference.height * scale) / 2 + border * 2,
      border,
      cosine: Math.cos(angle),
      sine: Math.sin(angle),
    });
  });
}

function drawPrint(picture: Raster, print: Print): void {
  const reach = Math.ceil(Math.hypot(print.halfWidth, print.halfHeight) + print.border * 2);
  const right = Math.min(picture.width - 1, Math.ceil(print.x + reach));
  const bottom = Math.min(picture.height - 1, Math.ceil(print.y + reach));
  for (let y = Math.max(0, Math.floor(print.y - reach)); y <= bottom; y += 1) {
    for (let x = Math.max(0, Math.floor(print.x - reach)); x <= right; x += 1) {
      const dx = x + 0.5 - print.x;
      const dy = y + 0.5 - print.y;
      const u = dx * print.cosine + dy * print.sine;
      const v = dy * print.cosine - dx * print.sine;
      drawPoint(picture, print, x, y, u, v);
    }
  }
}

function drawPoint(
  picture: Raster,
  print: Print,
  x: number,
  y: number,
  u: number,
  v: number,
): void {
  const { halfWidth, halfHeight, border } = print;
  const inside = Math.min(halfWidth - Math.abs(u), halfHeight - Math.abs(v));
  if (inside < 0.5) {
    const below = Math.min(halfWidth - Math.abs(u), halfHeight - Math.abs(v - border * 0.35));
    const shadow = 0.42 * Math.exp(Math.min(0, below) / (border * 0.5));
    if (shadow > 0.01) blend(picture, x, y, 12, 12, 16, shadow);
  }
  const coverage = Math.max(0, Math.min(1, inside + 0.5));
  if (coverage === 0) return;
  const ink = isCaption(print, u, v - (halfHeight - 1.6 * border)) ? 70 : 244;
  blend(picture, x, y, ink, ink - 1, ink - 5, coverage);
  const left = u + halfWidth - border;
  const top = v + halfHeight - border;
  const width = 2 * (halfWidth - border);
  const height = 2 * halfHeight - 4 * border;
  const shown = Math.min(left, width - left, top, height - top) + 0.5;
  if (shown > 0) {
    drawReference(picture, print.picture, x, y, left / width, top / height, Math.min(1, shown));
  }
}

function drawReference(
  picture: Raster,
  reference: Raster,
  x: number,
  y: number,
  u: number,
  v: number,
  coverage: number,
): void {
  const { data, width, height } = reference;
  const column = Math.min(width - 1, Math.max(0, u * width - 0.5));
  const row = Math.min(height - 1, Math.max(0, v * height - 0.5));
  const a = (Math.floor(row) * width + Math.floor(column)) * 3;
  const right = column < width - 1 ? 3 : 0;
  const below = row < height - 1 ? width * 3 : 0;
  const fx = column - Math.floor(column);
  const fy = row - Math.floor(row);
  const at = (channel: number) => {
    const index = a + channel;
    const upper = (data[index] as number) * (1 - fx) + (data[index + right] as number) * fx;
    const lower =
      (data[index + below] as number) * (1 - fx) + (data[index + below + right] as number) * fx;
    return upper * (1 - fy) + lower * fy;
  };
  blend(picture, x, y, at(0), at(1), at(2), coverage);
}

/** Whether a place relative to the middle of the caption's line is inked. */
function isCaption({ picture, border }: Print, u: number, v: number): boolean {
  const { caption } = picture;
  if (!caption) return false;
  const cell = (border * 1.1) / GLYPH_HEIGHT;
  return isInk(caption, u / cell + textWidth(caption) / 2, v / cell);
}
