import { type ImageMediaType, ProviderError, type RenderRequest } from '@imprest/application';

/** The largest picture: 50 MB of raw pixels in a thread. */
export const MOST_PIXELS = 16_777_216;
const LEAST_SIDE = 16;
const MOST_IMAGES = 64;
const MOST_REFERENCES = 10;
const MOST_REFERENCE_BYTES = 25_000_000;
const MOST_PROMPT_CHARACTERS = 200_000;
/** Of all frames together: 200 MB of raw pixels in a thread. */
const MOST_CLIP_PIXELS = 67_108_864;
const LEAST_FRAMES = 2;
const MOST_FRAMES = 1_800;
/** Set by the file formats. */
const MOST_SIDE: Readonly<Record<ImageMediaType, number>> = {
  'image/png': 65_535,
  'image/jpeg': 65_500,
  'image/webp': 16_383,
};

/** @throws ProviderError of class `user` that names the field and its rule */
export function checkRequest(request: RenderRequest): void {
  const { width, height, mediaType, images, prompt, references, seed, guidanceScale } = request;
  const mostSide = MOST_SIDE[mediaType];
  require(mostSide !== undefined, `mediaType ${mediaType} is not one of PNG, JPEG and WebP`);
  for (const [name, side] of Object.entries({ width, height })) {
    require(Number.isInteger(side) &&
      side >= LEAST_SIDE &&
      side <=
        mostSide, `${name} is ${side}, must be a whole number from ${LEAST_SIDE} to ${mostSide} for ${mediaType}`);
  }
  require(width * height <= MOST_PIXELS, `${width}x${height} is over ${MOST_PIXELS} pixels`);
  require(Number.isInteger(images) &&
    images >= 1 &&
    images <= MOST_IMAGES, `images is ${images}, must be a whole number from 1 to ${MOST_IMAGES}`);
  require(Number.isFinite(seed), `seed is ${seed}, must be a number`);
  require(Number.isFinite(guidanceScale), `guidanceScale is ${guidanceScale}, must be a number`);
  require(prompt.length <=
    MOST_PROMPT_CHARACTERS, `prompt is over ${MOST_PROMPT_CHARACTERS} characters`);
  require(references.length <= MOST_REFERENCES, `over ${MOST_REFERENCES} references`);
  checkClip(request);
  for (const [index, { bytes }] of references.entries()) {
    require(bytes.length <=
      MOST_REFERENCE_BYTES, `reference image_${index + 1} is over ${MOST_REFERENCE_BYTES} bytes`);
  }
}

function checkClip({ clip, width, height }: RenderRequest): void {
  if (clip === undefined) return;
  const frames = clip.durationSeconds * clip.framesPerSecond;
  require(Number.isInteger(frames) &&
    frames >= LEAST_FRAMES &&
    frames <=
      MOST_FRAMES, `the clip has ${frames} frames, must be a whole number from ${LEAST_FRAMES} to ${MOST_FRAMES}`);
  const pixels = frames * width * height;
  require(pixels <=
    MOST_CLIP_PIXELS, `a clip of ${frames} frames of ${width}x${height} is over ${MOST_CLIP_PIXELS} pixels`);
}

function require(holds: boolean, rule: string): void {
  if (!holds) throw new ProviderError('user', rule);
}
