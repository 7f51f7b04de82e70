import { clamp, type Rgb, smoothstep } from '../../image/colour.js';
import type { LandGrid } from './land-grid.js';
import type { GroundCover } from './landform.js';

export interface LandLight {
  /** Towards the sun, of length one: x right, y up, z away. */
  readonly towardsSun: Rgb;
  readonly direct: Rgb;
  readonly ambient: Rgb;
  /** Colour of the air at the horizon over a pixel column. */
  readonly airAt: (x: number) => Rgb;
  /** How much air hides per world unit. */
  readonly haze: number;
}

/** The colour of every point of a grid that may be seen. Index as in the grid, times three. */
export function litColours(grid: LandGrid, cover: GroundCover, light: LandLight): Float32Array {
  const colours = new Float32Array(grid.height.length * 3);
  const shade = castShadows(grid, light.towardsSun);
  const seen = visiblePoints(grid);
  const albedo = new Float32Array(3);
  for (let column = 0; column < grid.columns; column += 1) {
    if (column % 8 === 0) grid.view.checkpoint();
    const air = light.airAt((column / (grid.columns - 2)) * grid.view.width);
    for (let slice = 0; slice < grid.slices; slice += 1) {
      const point = column * grid.slices + slice;
      if (seen[point]) lightPoint(grid, cover, light, column, slice, shade, air, albedo, colours);
    }
  }
  return colours;
}

function lightPoint(
  grid: LandGrid,
  cover: GroundCover,
  light: LandLight,
  column: number,
  slice: number,
  shade: Uint8Array,
  air: Rgb,
  albedo: Float32Array,
  colours: Float32Array,
): void {
  const { slices, height, distance } = grid;
  const point = column * slices + slice;
  const z = distance[slice] as number;
  const left = column > 0 ? point - slices : point;
  const right = column < grid.columns - 1 ? point + slices : point;
  const nearer = slice > 0 ? point - 1 : point;
  const farther = slice < slices - 1 ? point + 1 : point;
  const tangent = grid.tangent(column);
  const across =
    ((height[right] as number) - (height[left] as number)) /
    (((right - left) / slices) * z * grid.pitch);
  const along =
    ((height[farther] as number) - (height[nearer] as number)) /
    ((distance[slice + farther - point] as number) - (distance[slice + nearer - point] as number));
  const away = along - tangent * across;
  const upright = 1 / Math.sqrt(1 + across * across + away * away);
  const [sunX, sunY, sunZ] = light.towardsSun;
  const facing = Math.max(0, (sunY - across * sunX - away * sunZ) * upright);
  const sunlit = facing * (1 - (shade[point] as number) / 255);
  const open = 0.45 + 0.55 * upright;
  const level = height[point] as number;
  cover.colourAt(tangent * z, z, level, upright, albedo);
  const hidden = 1 - Math.exp(-z * light.haze * Math.exp(-Math.max(0, level) * 0.55));
  for (let channel = 0; channel < 3; channel += 1) {
    const lit =
      (albedo[channel] as number) *
      ((light.direct[channel] as number) * sunlit * 1.05 +
        (light.ambient[channel] as number) * open);
    colours[point * 3 + channel] = lit + ((air[channel] as number) - lit) * hidden;
  }
}

/** Points that stand above everything nearer in their own or a neighbouring column. */
function visiblePoints(grid: LandGrid): Uint8Array {
  const { columns, slices } = grid;
  const seen = new Uint8Array(columns * slices);
  for (let column = 0; column < columns; column += 1) {
    let highest = Number.POSITIVE_INFINITY;
    for (let slice = 0; slice < slices; slice += 1) {
      const point = column * slices + slice;
      const row = grid.row(column, slice);
      if (row > highest + 1) continue;
      highest = Math.min(highest, row);
      for (let neighbour = point - slices; neighbour <= point + slices; neighbour += slices) {
        for (let near = neighbour - 1; near <= neighbour + 1; near += 1) {
          if (near >= 0 && near < seen.length) seen[near] = 1;
        }
      }
    }
  }
  return seen;
}

/** 0 in the sun to 255 in shadow, from a sun at the side: each slice is swept away from it. */
function castShadows(grid: LandGrid, towardsSun: Rgb): Uint8Array {
  const { columns, slices, height, distance, pitch } = grid;
  const shade = new Uint8Array(columns * slices);
  const fall = towardsSun[1] / Math.max(0.2, Math.abs(towardsSun[0]));
  const edge = new Float32Array(slices).fill(-1e9);
  const fromRight = towardsSun[0] > 0;
  for (let step = 0; step < columns; step += 1) {
    const column = fromRight ? columns - 1 - step : step;
    for (let slice = 0; slice < slices; slice += 1) {
      const point = column * slices + slice;
      const z = distance[slice] as number;
      const level = height[point] as number;
      const reach = (edge[slice] as number) - fall * z * pitch;
      edge[slice] = Math.max(reach, level);
      const depth = smoothstep(0, 0.012 * z + 0.01, reach - level);
      shade[point] = Math.round(clamp(depth) * 235);
    }
  }
  return shade;
}
