/** Red, green, blue as displayed (sRGB), 0 to 1; lights may pass 1. */
export type Rgb = readonly [number, number, number];

export const rgb = (hex: string): Rgb => {
  const bits = Number.parseInt(hex.slice(1), 16);
  return [(bits >> 16) / 255, ((bits >> 8) & 255) / 255, (bits & 255) / 255];
};

export const clamp = (value: number, low = 0, high = 1): number =>
  value < low ? low : value > high ? high : value;

export const lerp = (from: number, to: number, share: number): number => from + (to - from) * share;

export function smoothstep(low: number, high: number, value: number): number {
  const share = clamp((value - low) / (high - low));
  return share * share * (3 - 2 * share);
}

export const mixed = (from: Rgb, to: Rgb, share: number): Rgb => [
  lerp(from[0], to[0], share),
  lerp(from[1], to[1], share),
  lerp(from[2], to[2], share),
];

export const scaled = (colour: Rgb, factor: number): Rgb => [
  colour[0] * factor,
  colour[1] * factor,
  colour[2] * factor,
];

export const times = (colour: Rgb, light: Rgb): Rgb => [
  colour[0] * light[0],
  colour[1] * light[1],
  colour[2] * light[2],
];

/** Turns the hue about the grey axis, in turns of the circle; lightness stays about the same. */
export function hueTurned(colour: Rgb, turns: number): Rgb {
  const cosine = Math.cos(turns * 2 * Math.PI);
  const sine = Math.sin(turns * 2 * Math.PI) / Math.sqrt(3);
  const third = (1 - cosine) / 3;
  const [red, green, blue] = colour;
  return [
    red * (cosine + third) + green * (third - sine) + blue * (third + sine),
    red * (third + sine) + green * (cosine + third) + blue * (third - sine),
    red * (third - sine) + green * (third + sine) + blue * (cosine + third),
  ].map((part) => clamp(part, 0, 2)) as unknown as Rgb;
}

/** Colour along a row of stops at growing positions. */
export function alongStops(stops: readonly (readonly [number, Rgb])[], position: number): Rgb {
  let previous = stops[0] as readonly [number, Rgb];
  for (const stop of stops) {
    if (position <= stop[0]) {
      const span = stop[0] - previous[0];
      return span <= 0
        ? stop[1]
        : mixed(previous[1], stop[1], smoothstep(0, 1, (position - previous[0]) / span));
    }
    previous = stop;
  }
  return previous[1];
}
