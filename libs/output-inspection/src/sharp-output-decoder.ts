import {
  type DecodedOutput,
  type OutputDecoder,
  type OutputHeader,
  type OutputPicture,
  UnreadableOutput,
} from '@imprest/application';
import { mp4Clip, UnreadableImage } from '@imprest/provenance-marking';
import { AtMost } from './at-most.js';
import { lazySharp, type Sharp } from './lazy-sharp.js';

/** Longest side of a thumbnail, and of what classifiers look at. */
const THUMBNAIL_SIDE = 512;
const PICTURE_SIDE = 1_024;
/** Frames of an animation that are shown to a classifier. */
const MOST_PICTURES = 4;
/** Side to which the frames of an animation are brought, only to have each of them decoded. */
const PROBE_SIDE = 16;
const PATIENCE_SECONDS = 20;
const AT_ONCE = 2;

interface Source {
  readonly bytes: Uint8Array;
  readonly header: OutputHeader;
  /** All of them at once, or only this one, from 0. */
  readonly frames: 'all' | number;
  /** Frames there may be. */
  readonly limit: number;
}

/** The `OutputDecoder` by libvips, which works on threads of its own; two files at a time. */
export class SharpOutputDecoder implements OutputDecoder {
  private readonly turns = new AtMost(AT_ONCE);

  /** See OutputDecoder. Truncated and damaged pixels are errors; 20 seconds at most. */
  async decode(
    bytes: Uint8Array,
    header: OutputHeader,
    mostFrames: number,
  ): Promise<DecodedOutput> {
    if (header.mediaType === 'video/mp4') return movie(bytes, mostFrames);
    return this.within(async (sharp) => {
      const { frames, durationMs } = await outline(sharp, bytes, header, mostFrames);
      const source = { bytes, header, limit: frames };
      if (header.moves) await probe(sharp, { ...source, frames: 'all' });
      const thumbnail = await picture(sharp, { ...source, frames: 0 }, THUMBNAIL_SIDE);
      return { frames, durationMs, thumbnail };
    });
  }

  async pictures(bytes: Uint8Array, header: OutputHeader): Promise<readonly OutputPicture[]> {
    if (header.mediaType === 'video/mp4') return [];
    return this.within(async (sharp) => {
      const { pages = 1 } = await sharp(bytes).metadata();
      const pictures: OutputPicture[] = [];
      for (const frame of spread(pages, MOST_PICTURES)) {
        const source = { bytes, header, frames: frame, limit: pages };
        pictures.push(await picture(sharp, source, PICTURE_SIDE));
      }
      return pictures;
    });
  }

  private within<T>(work: (sharp: Sharp) => Promise<T>): Promise<T> {
    return this.turns.run(async () => {
      const sharp = await lazySharp();
      try {
        return await work(sharp);
      } catch (error) {
        if (error instanceof UnreadableOutput) throw error;
        const said = error instanceof Error ? error.message : String(error);
        throw new UnreadableOutput(`it cannot be decoded: ${said}`, { cause: error });
      }
    });
  }
}

function movie(bytes: Uint8Array, mostFrames: number): DecodedOutput {
  try {
    const { frames, durationMs } = mp4Clip(bytes);
    demandFrames(frames, mostFrames);
    return { frames, durationMs, thumbnail: null };
  } catch (error) {
    if (!(error instanceof UnreadableImage)) throw error;
    throw new UnreadableOutput(error.message, { cause: error });
  }
}

/** What the decoder makes of the header, which must be what ours made of it. */
async function outline(
  sharp: Sharp,
  bytes: Uint8Array,
  { mediaType, width, height, moves }: OutputHeader,
  mostFrames: number,
): Promise<Pick<DecodedOutput, 'frames' | 'durationMs'>> {
  const found = await sharp(bytes, { pages: moves ? -1 : 1, limitInputPixels: false }).metadata();
  const { format, pages: frames = 1, pageHeight = found.height, delay = [] } = found;
  if (`image/${format}` !== mediaType || found.width !== width || pageHeight !== height) {
    const size = `${found.width}x${pageHeight}`;
    throw new UnreadableOutput(`its header names ${width}x${height}, its pixels are ${size}`);
  }
  demandFrames(frames, mostFrames);
  return { frames, durationMs: moves ? delay.reduce((sum, ms) => sum + ms, 0) : 0 };
}

function demandFrames(frames: number, mostFrames: number): void {
  if (frames <= mostFrames) return;
  throw new UnreadableOutput(`it has ${frames} frames, ${mostFrames} at most were ordered`);
}

function opened(sharp: Sharp, { bytes, header, frames, limit }: Source) {
  const { width, height } = header;
  return sharp(bytes, {
    failOn: 'error',
    limitInputPixels: width * height * limit,
    sequentialRead: true,
    ...(frames === 'all' ? { pages: -1 } : { page: frames }),
  }).timeout({ seconds: PATIENCE_SECONDS });
}

/** Decodes every frame and keeps next to nothing of it. */
async function probe(sharp: Sharp, source: Source): Promise<void> {
  await opened(sharp, source).resize(PROBE_SIDE, PROBE_SIDE, { fit: 'fill' }).raw().toBuffer();
}

async function picture(sharp: Sharp, source: Source, side: number): Promise<OutputPicture> {
  const { data, info } = await opened(sharp, source)
    .resize(side, side, { fit: 'inside', withoutEnlargement: true })
    .webp({ quality: 80, effort: 0 })
    .toBuffer({ resolveWithObject: true });
  return { bytes: data, mediaType: 'image/webp', width: info.width, height: info.height };
}

/** Frames from the first to the last, evenly spread. */
function spread(frames: number, most: number): readonly number[] {
  const count = Math.min(frames, most);
  return Array.from({ length: count }, (_, n) =>
    count === 1 ? 0 : Math.round((n * (frames - 1)) / (count - 1)),
  );
}
