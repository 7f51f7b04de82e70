import type { MediaViewer, OutputPicture } from '@imprest/application';
import { AtMost } from './at-most.js';
import { lazySharp, type Sharp } from './lazy-sharp.js';

/** Longest sides. */
const BLURRED_SIDE = 160;
const CLEAR_SIDE = 1_024;
/** Of the Gaussian, in pixels of what is left: shapes of a fortieth of the picture are gone. */
const BLUR_SIGMA = 4;
const PATIENCE_SECONDS = 20;
const AT_ONCE = 2;

/** The `MediaViewer` by libvips: what it gives is made anew from pixels, so that nothing else of the file comes along. */
export class SharpMediaViewer implements MediaViewer {
  private readonly turns = new AtMost(AT_ONCE);

  blurred(bytes: Uint8Array, mediaType: string): Promise<OutputPicture | undefined> {
    return this.picture(mediaType, (sharp) =>
      scaled(sharp, bytes, BLURRED_SIDE, false).greyscale().blur(BLUR_SIGMA),
    );
  }

  clear(bytes: Uint8Array, mediaType: string): Promise<OutputPicture | undefined> {
    return this.picture(mediaType, (sharp) => scaled(sharp, bytes, CLEAR_SIDE, true));
  }

  private async picture(
    mediaType: string,
    draw: (sharp: Sharp) => ReturnType<Sharp>,
  ): Promise<OutputPicture | undefined> {
    if (mediaType === 'video/mp4') return undefined;
    return this.turns.run(async () => {
      const drawn = draw(await lazySharp()).timeout({ seconds: PATIENCE_SECONDS });
      const { data, info } = await drawn.webp({ effort: 0 }).toBuffer({ resolveWithObject: true });
      const height = info.pageHeight ?? info.height;
      return { bytes: data, mediaType: 'image/webp', width: info.width, height };
    });
  }
}

function scaled(sharp: Sharp, bytes: Uint8Array, side: number, animated: boolean) {
  return sharp(bytes, { animated, sequentialRead: true }).resize(side, side, {
    fit: 'inside',
    withoutEnlargement: true,
  });
}
