import type { Raster } from '@imprest/visible-watermark';
import type { FrameWindow } from './camera-move.js';

const CHANNELS = 3;

/** Positions of a row or column of the frame in the picture: the sample before each, and how far past it. */
function positions(count: number, start: number, length: number, most: number) {
  const before = new Int32Array(count);
  const share = new Float32Array(count);
  for (let index = 0; index < count; index += 1) {
    const wanted = start + ((index + 0.5) / count) * length - 0.5;
    const position = Math.min(Math.max(wanted, 0), most - 1);
    before[index] = Math.min(Math.floor(position), Math.max(0, most - 2));
    share[index] = position - (before[index] as number);
  }
  return { before, share };
}

/** Fills a frame with a window of the picture, with bilinear samples: the camera moves by parts of a pixel. */
export function sampleWindow(picture: Raster, window: FrameWindow, frame: Raster): void {
  const { left, top, side } = window;
  const { width: across, height: down, data } = picture;
  const columns = positions(frame.width, left * across, side * across, across);
  const rows = positions(frame.height, top * down, side * down, down);
  const right = across > 1 ? CHANNELS : 0;
  const below = down > 1 ? across * CHANNELS : 0;
  let to = 0;
  for (let y = 0; y < frame.height; y += 1) {
    const row = (rows.before[y] as number) * across;
    const v = rows.share[y] as number;
    for (let x = 0; x < frame.width; x += 1) {
      const from = (row + (columns.before[x] as number)) * CHANNELS;
      const u = columns.share[x] as number;
      for (let channel = from; channel < from + CHANNELS; channel += 1) {
        const a = data[channel] as number;
        const b = data[channel + right] as number;
        const c = data[channel + below] as number;
        const d = data[channel + below + right] as number;
        const upper = a + (b - a) * u;
        frame.data[to++] = upper + (c + (d - c) * u - upper) * v + 0.5;
      }
    }
  }
}
