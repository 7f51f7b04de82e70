import type { AspectRatio } from './events.js';

export type Shape = Exclude<AspectRatio, 'auto'>;
export type Preset = '2K' | '4K';
type Pixels = readonly [width: number, height: number];

const presets: Readonly<Record<Preset, Readonly<Record<Shape, Pixels>>>> = {
  '2K': { square: [2048, 2048], landscape: [2560, 1440], portrait: [1440, 2560] },
  '4K': { square: [4096, 4096], landscape: [5504, 3040], portrait: [3040, 5504] },
};

export function isPreset(size: string): size is Preset {
  return Object.hasOwn(presets, size);
}

/** Pixels of a preset; the shape of the first reference decides for `auto`. Undefined for what is no preset. */
export function presetPixels(size: Preset, shape: Shape): Pixels;
export function presetPixels(size: string, shape: Shape): Pixels | undefined;
export function presetPixels(size: string, shape: Shape): Pixels | undefined {
  return isPreset(size) ? presets[size][shape] : undefined;
}

/** Pixels of the largest shape of a preset, for images whose shape is not known yet; none for what is no preset. */
export function mostPixels(size: string): number {
  if (!isPreset(size)) return 0;
  return Math.max(...Object.values(presets[size]).map(([width, height]) => width * height));
}
