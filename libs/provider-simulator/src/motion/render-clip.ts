import { drawWatermark, type Raster } from '@imprest/visible-watermark';
import { BadReference, type RenderControl } from '../rendering/image-task.js';
import { sharp } from '../rendering/quiet-sharp.js';
import { animatedWebp } from './animated-webp.js';
import { cameraMove } from './camera-move.js';
import type { ClipTask } from './clip-task.js';
import { sampleWindow } from './sample-window.js';

const MOST_PIXELS = 64_000_000;
/** The camera comes closer than the frame: so many pixels more a side keep it sharp. */
const DETAIL = 1.25;
/**
 * Levels by which the first sample of every second frame differs: the encoder joins frames that look alike, and of
 * a flat picture it would make a still.
 */
const BLINK = 0x40;
/** Progress when the frames are there and only have to be encoded. */
const MOVED = 0.7;

/** The source in the shape of the frames, a little larger. @throws BadReference */
async function decoded({ source, width, height }: ClipTask): Promise<Raster> {
  try {
    const { data, info } = await sharp(source, { limitInputPixels: MOST_PIXELS, failOn: 'error' })
      .autoOrient()
      .resize(Math.round(width * DETAIL), Math.round(height * DETAIL), { fit: 'cover' })
      .flatten({ background: '#ffffff' })
      .toColourspace('srgb')
      .raw()
      .toBuffer({ resolveWithObject: true });
    return { data, width: info.width, height: info.height };
  } catch (cause) {
    throw new BadReference('the source image cannot be decoded', { cause });
  }
}

function movedFrames(task: ClipTask, picture: Raster, control: RenderControl) {
  const { prompt, seed, width, height, frames, watermark } = task;
  const bytes = width * height * 3;
  const all = new Uint8Array(bytes * frames);
  for (const [index, window] of cameraMove(prompt, seed, frames).entries()) {
    control.checkpoint();
    const data = all.subarray(index * bytes, (index + 1) * bytes);
    const frame = { data, width, height };
    sampleWindow(picture, window, frame);
    if (watermark) drawWatermark(frame);
    if (index % 2 === 1) data[0] = (data[0] as number) ^ BLINK;
    control.onProgress(MOVED * ((index + 1) / frames));
  }
  return all;
}

/** One clip of exactly the size and length asked for. @throws BadReference, and what `checkpoint` throws */
export async function renderClip(
  task: ClipTask,
  control: RenderControl,
): Promise<Uint8Array<ArrayBuffer>> {
  const all = movedFrames(task, await decoded(task), control);
  control.checkpoint();
  if (task.encoding === 'frames') return all;
  return animatedWebp(all, task);
}
