import { LatticeNoise } from '../chance/lattice-noise.js';
import { clamp } from '../image/colour.js';
import type { Hair } from '../prompt/vocabulary.js';
import { COMMON_FACE, type Face, profileOutline } from './profile-outline.js';

const LEFT = -2;
const TOP = -1.3;
/** Length of the square that holds the silhouette. */
const SIDE = 3.7;
const COARSE_POINTS = 96;
const FINE_POINTS = 288;
/** Nearer to the outline than this, coarse points would not do. */
const NEAR = 0.07;

/** Signed distance to the silhouette: positive inside, in head heights. */
export class ProfileMask {
  private readonly fine: DistanceGrid;

  constructor(hair: Hair, seed: number, face: Face = COMMON_FACE) {
    const outline = profileOutline(face);
    const noise = new LatticeNoise(seed);
    const exact = (x: number, y: number) =>
      joined(distanceInside(outline, x, y), hairDistance(hair, x, y, noise));
    const coarse = new DistanceGrid(COARSE_POINTS, exact);
    this.fine = new DistanceGrid(FINE_POINTS, (x, y) => {
      const about = coarse.at(x, y);
      return Math.abs(about) > NEAR ? about : exact(x, y);
    });
  }

  at(x: number, y: number): number {
    return this.fine.at(x, y);
  }
}

/** Distances on a square grid, read back smoothly between its points. */
class DistanceGrid {
  private readonly distances: Float32Array;

  constructor(
    private readonly points: number,
    distance: (x: number, y: number) => number,
  ) {
    this.distances = new Float32Array((points + 1) ** 2);
    for (let index = 0; index < this.distances.length; index += 1) {
      const column = index % (points + 1);
      const row = Math.floor(index / (points + 1));
      this.distances[index] = distance(
        LEFT + (column / points) * SIDE,
        TOP + (row / points) * SIDE,
      );
    }
  }

  at(x: number, y: number): number {
    const { points, distances } = this;
    const column = clamp(((x - LEFT) / SIDE) * points, 0, points - 0.001);
    const row = clamp(((y - TOP) / SIDE) * points, 0, points - 0.001);
    const index = Math.floor(row) * (points + 1) + Math.floor(column);
    const u = column - Math.floor(column);
    const v = row - Math.floor(row);
    const upper = (distances[index] as number) * (1 - u) + (distances[index + 1] as number) * u;
    const below = index + points + 1;
    const lower = (distances[below] as number) * (1 - u) + (distances[below + 1] as number) * u;
    return upper * (1 - v) + lower * v;
  }
}

function distanceInside(
  outline: readonly (readonly [number, number])[],
  x: number,
  y: number,
): number {
  let nearest = Number.POSITIVE_INFINITY;
  let inside = false;
  for (
    let index = 0, previous = outline.length - 1;
    index < outline.length;
    previous = index, index += 1
  ) {
    const [ax, ay] = outline[index] as readonly [number, number];
    const [bx, by] = outline[previous] as readonly [number, number];
    const ex = bx - ax;
    const ey = by - ay;
    const along = clamp(((x - ax) * ex + (y - ay) * ey) / (ex * ex + ey * ey + 1e-12));
    const dx = x - ax - ex * along;
    const dy = y - ay - ey * along;
    nearest = Math.min(nearest, dx * dx + dy * dy);
    if (ay > y !== by > y && x < (ex * (y - ay)) / ey + ax) inside = !inside;
  }
  return (inside ? 1 : -1) * Math.sqrt(nearest);
}

/** Union of two shapes without a crease where they meet. */
function joined(a: number, b: number): number {
  const blend = Math.max(0, 0.16 - Math.abs(a - b)) / 0.16;
  return Math.max(a, b) + (a > -0.1 && b > -0.1 ? blend * blend * 0.04 : 0);
}

const ellipse = (x: number, y: number, cx: number, cy: number, rx: number, ry: number): number =>
  (1 - Math.hypot((x - cx) / rx, (y - cy) / ry)) * Math.min(rx, ry);

function hairDistance(hair: Hair, x: number, y: number, noise: LatticeNoise): number {
  const strands = (noise.fbm(x * 5, y * 2.2, 3) - 0.5) * 0.07;
  const cap = Math.min(ellipse(x, y, -0.05, -0.14, 0.46, 0.46), 0.3 - x - 0.25 * y);
  if (hair === 'hat') {
    const bulge =
      (Math.abs(x + 0.05) / 0.43) ** 3 + (Math.abs(y + 0.36 - 0.06 * Math.cos(x * 7)) / 0.38) ** 3;
    const crown = Math.min((1 - Math.cbrt(bulge)) * 0.38, -0.27 - y);
    const brim = ellipse(x, y, 0.02, -0.29 + 0.16 * x * x - 0.03 * x, 0.76, 0.055);
    return Math.max(crown, brim);
  }
  if (hair === 'curls') {
    const curl = noise.fbm(x * 6.5, y * 6.5, 2) * 0.2;
    return Math.min(ellipse(x, y, -0.13, -0.15, 0.56, 0.58) + curl - 0.1, 0.26 - x - 0.35 * y);
  }
  if (hair === 'bun') return Math.max(cap, ellipse(x, y, -0.52, -0.33, 0.2, 0.19) + strands * 0.4);
  if (hair === 'long') {
    const fall = Math.min(ellipse(x, y, -0.36, 0.4, 0.34, 0.92), 0.16 - x - 0.2 * y) + strands;
    return Math.max(cap + 0.02, fall);
  }
  return cap;
}
