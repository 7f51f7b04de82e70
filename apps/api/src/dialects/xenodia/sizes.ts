import { presetPixels, type SizeClass } from '@imprest/domain';

const EDGES = { '1K': 1_024, '2K': 2_048, '4K': 4_096 } as const;

export type Resolution = keyof typeof EDGES;
export const RESOLUTIONS = Object.keys(EDGES) as readonly Resolution[];

const RATIOS = {
  '1:1': [1, 1],
  '16:9': [16, 9],
  '9:16': [9, 16],
  '4:3': [4, 3],
  '3:4': [3, 4],
  '3:2': [3, 2],
  '2:3': [2, 3],
  '21:9': [21, 9],
  '9:21': [9, 21],
} as const;

export type Ratio = keyof typeof RATIOS;
export const ASPECT_RATIOS = Object.keys(RATIOS) as readonly Ratio[];

const SHAPES: Readonly<Partial<Record<Ratio, 'square' | 'landscape' | 'portrait'>>> = {
  '1:1': 'square',
  '16:9': 'landscape',
  '9:16': 'portrait',
};

/** Encoders and models of all kinds take sides that are multiples of it. */
const STEP = 16;

/** As many pixels as the square of the resolution has, or a few less; the presets where there is one. */
export function pixelsOf(resolution: Resolution, ratio: Ratio): readonly [number, number] {
  const shape = SHAPES[ratio];
  const preset = shape && presetPixels(resolution, shape);
  if (preset !== undefined) return preset;
  const [across, down] = RATIOS[ratio];
  const unit = EDGES[resolution] / Math.sqrt(across * down);
  const side = (part: number) => Math.floor((unit * part) / STEP) * STEP;
  return [side(across), side(down)];
}

/** The resolution whose pictures are of exactly these pixels in one of the aspect ratios. */
export function resolutionOfPixels(width: number, height: number): Resolution | undefined {
  return RESOLUTIONS.find((resolution) =>
    ASPECT_RATIOS.some((ratio) => {
      const [across, down] = pixelsOf(resolution, ratio);
      return across === width && down === height;
    }),
  );
}

/** 1K has no price of its own: it is sold as an explicit size. */
export function sizeClassOf(resolution: Resolution): SizeClass {
  return resolution === '1K' ? 'custom' : resolution;
}
