import { type Rgb, rgb } from '../image/colour.js';
import type { TimeOfDay } from '../prompt/vocabulary.js';

/** The colours one time of day lends to everything under the sky. */
export interface Daylight {
  /** Sky colour by elevation in world units at distance one; the first is the horizon. */
  readonly sky: readonly (readonly [number, Rgb])[];
  /** Colour the air takes around the sun or moon. */
  readonly glow: Rgb;
  /** 0 to 1. */
  readonly glowStrength: number;
  readonly disc: Rgb;
  /** Light that falls from the sun or moon; may pass 1. */
  readonly direct: Rgb;
  /** Light that comes from the rest of the sky. */
  readonly ambient: Rgb;
  readonly cloudLit: Rgb;
  readonly cloudShade: Rgb;
  readonly water: Rgb;
  /** Elevation of the sun or moon above the horizon, in world units at distance one. */
  readonly elevation: number;
  /** How many stars are out, 0 to 1. */
  readonly stars: number;
}

export const DAYLIGHTS: Readonly<Record<TimeOfDay, Daylight>> = {
  dawn: {
    sky: [
      [0, rgb('#ffdcb4')],
      [0.1, rgb('#f9c3b4')],
      [0.3, rgb('#b3b9d8')],
      [0.7, rgb('#5c84b8')],
    ],
    glow: rgb('#ffe6b8'),
    glowStrength: 0.75,
    disc: rgb('#fff6de'),
    direct: [1.02, 0.78, 0.6],
    ambient: [0.4, 0.46, 0.62],
    cloudLit: rgb('#ffe3cd'),
    cloudShade: rgb('#a99fc0'),
    water: rgb('#31506f'),
    elevation: 0.1,
    stars: 0,
  },
  day: {
    sky: [
      [0, rgb('#dcebf3')],
      [0.12, rgb('#b7d6ec')],
      [0.35, rgb('#75ade0')],
      [0.8, rgb('#2f6cb8')],
    ],
    glow: rgb('#fffbe8'),
    glowStrength: 0.5,
    disc: rgb('#ffffff'),
    direct: [1.02, 0.97, 0.86],
    ambient: [0.4, 0.5, 0.64],
    cloudLit: rgb('#ffffff'),
    cloudShade: rgb('#a9bbd1'),
    water: rgb('#1d4e6d'),
    elevation: 0.5,
    stars: 0,
  },
  golden: {
    sky: [
      [0, rgb('#ffdca6')],
      [0.1, rgb('#f6c8a0')],
      [0.32, rgb('#c0b4bd')],
      [0.75, rgb('#5c7fb0')],
    ],
    glow: rgb('#ffd29a'),
    glowStrength: 0.8,
    disc: rgb('#fff8e0'),
    direct: [1.12, 0.85, 0.52],
    ambient: [0.4, 0.44, 0.55],
    cloudLit: rgb('#ffe9c4'),
    cloudShade: rgb('#a294a4'),
    water: rgb('#2c4a5c'),
    elevation: 0.16,
    stars: 0,
  },
  sunset: {
    sky: [
      [0, rgb('#ffc56e')],
      [0.07, rgb('#ff9d57')],
      [0.2, rgb('#e46a67')],
      [0.42, rgb('#8d4a83')],
      [0.85, rgb('#2c2c62')],
    ],
    glow: rgb('#ffbf5e'),
    glowStrength: 0.85,
    disc: rgb('#fff0c8'),
    direct: [1.15, 0.62, 0.36],
    ambient: [0.4, 0.33, 0.5],
    cloudLit: rgb('#ffb27d'),
    cloudShade: rgb('#6c4474'),
    water: rgb('#2a2546'),
    elevation: 0.07,
    stars: 0.05,
  },
  dusk: {
    sky: [
      [0, rgb('#e8a193')],
      [0.08, rgb('#bf8299')],
      [0.22, rgb('#75659a')],
      [0.5, rgb('#333a76')],
      [0.9, rgb('#131a42')],
    ],
    glow: rgb('#ffc09a'),
    glowStrength: 0.45,
    disc: rgb('#fdf1dc'),
    direct: [0.52, 0.44, 0.56],
    ambient: [0.34, 0.35, 0.55],
    cloudLit: rgb('#d893a0'),
    cloudShade: rgb('#433f70'),
    water: rgb('#1d2147'),
    elevation: 0.14,
    stars: 0.4,
  },
  night: {
    sky: [
      [0, rgb('#2f4a72')],
      [0.12, rgb('#213861')],
      [0.35, rgb('#12224a')],
      [0.85, rgb('#060c22')],
    ],
    glow: rgb('#9db8e8'),
    glowStrength: 0.45,
    disc: rgb('#f6f3e4'),
    direct: [0.4, 0.48, 0.66],
    ambient: [0.14, 0.18, 0.3],
    cloudLit: rgb('#566d99'),
    cloudShade: rgb('#172446'),
    water: rgb('#0a1530'),
    elevation: 0.42,
    stars: 1,
  },
};
