import { clamp } from '../image/colour.js';

/** Outline of an adult head and shoulders in profile, facing right; head height 1, chin at 0.5, y down. */
const OUTLINE: readonly (readonly [number, number])[] = [
  [0.7, 2.4],
  [0.66, 1.6],
  [0.5, 1.2],
  [0.27, 0.98],
  [0.16, 0.83],
  [0.14, 0.68],
  [0.2, 0.575],
  [0.3, 0.535],
  [0.37, 0.5],
  [0.405, 0.43],
  [0.385, 0.365],
  [0.418, 0.322],
  [0.395, 0.285],
  [0.43, 0.245],
  [0.405, 0.19],
  [0.5, 0.155],
  [0.515, 0.12],
  [0.47, 0.04],
  [0.425, -0.035],
  [0.388, -0.09],
  [0.402, -0.155],
  [0.395, -0.25],
  [0.345, -0.37],
  [0.235, -0.465],
  [0.07, -0.515],
  [-0.12, -0.5],
  [-0.29, -0.415],
  [-0.405, -0.27],
  [-0.445, -0.08],
  [-0.42, 0.11],
  [-0.345, 0.29],
  [-0.29, 0.45],
  [-0.285, 0.64],
  [-0.36, 0.84],
  [-0.62, 1.0],
  [-0.95, 1.13],
  [-1.17, 1.36],
  [-1.27, 1.7],
  [-1.3, 2.4],
];

/** How far forehead, nose, lips and chin stand out, in head heights. */
export type Face = readonly [forehead: number, nose: number, lips: number, chin: number];

export const COMMON_FACE: Face = [0, 0, 0, 0];
/** Middle and reach of each part of the face, down the outline. */
const FACE_PARTS = [
  [-0.12, 0.18],
  [0.14, 0.07],
  [0.28, 0.07],
  [0.46, 0.1],
] as const;
/** Points behind this are no part of the face. */
const FACE_FROM = 0.3;

function moulded([x, y]: readonly [number, number], face: Face): readonly [number, number] {
  if (x < FACE_FROM || y > 0.6) return [x, y];
  const out = FACE_PARTS.reduce(
    (sum, [middle, reach], part) =>
      sum + (face[part] as number) * Math.exp(-(((y - middle) / reach) ** 2)),
    0,
  );
  return [x + out, y];
}

/** The outline of a face, in steps too small to be seen. */
export function profileOutline(face: Face): readonly (readonly [number, number])[] {
  return smoothed(OUTLINE.map((point) => moulded(point, face)));
}

/** Catmull-Rom through the points, four steps each. */
function smoothed(points: readonly (readonly [number, number])[]): (readonly [number, number])[] {
  const at = (index: number) =>
    points[clamp(index, 0, points.length - 1)] as readonly [number, number];
  return points.flatMap((_, index) =>
    index === points.length - 1
      ? [at(index)]
      : [0, 0.25, 0.5, 0.75].map((t) => {
          const [a, b, c, d] = [at(index - 1), at(index), at(index + 1), at(index + 2)];
          const part = (axis: 0 | 1) =>
            0.5 *
            (2 * b[axis] +
              (c[axis] - a[axis]) * t +
              (2 * a[axis] - 5 * b[axis] + 4 * c[axis] - d[axis]) * t * t +
              (3 * b[axis] - a[axis] - 3 * c[axis] + d[axis]) * t * t * t);
          return [part(0), part(1)] as const;
        }),
  );
}
