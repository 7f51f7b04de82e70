import type { Chance } from '../chance/chance.js';
import { LatticeNoise } from '../chance/lattice-noise.js';
import { lerp, mixed, type Rgb, rgb, scaled } from '../image/colour.js';
import type { Layer } from '../image/column.js';
import type { View } from '../image/view.js';
import { TreeLine } from '../layers/tree-line.js';
import type { SceneBrief } from '../prompt/scene-brief.js';
import type { Heaven } from './heaven.js';

const NEEDLES: Rgb = rgb('#3d5236');

/** Trees in front that frame a view from one side. */
export function forestEdge(brief: SceneBrief, chance: Chance, view: View, heaven: Heaven): Layer[] {
  const noise = new LatticeNoise(chance.seed);
  const side = chance.side();
  const air = heaven.sky.colourAt(view.centre, view.horizon);
  return [0, 1].map((step) => {
    const near = step === 1;
    const bank = (x: number) =>
      Math.max(0, ((x - view.centre) / view.width) * 2 * side + (near ? -0.1 : 0.25)) ** 1.4;
    const base = view.height + view.unit * (near ? 0.09 : 0.04);
    const dark = mixed(scaled(heaven.daylight.ambient, near ? 0.1 : 0.16), air, near ? 0.03 : 0.1);
    return new TreeLine(chance.fork(`line ${step}`), {
      width: view.width,
      height: view.height,
      groundAt: (x) =>
        base - bank(x) * view.unit * (near ? 0.16 : 0.14) + rollOf(noise, view, x, step) * 0.09,
      heightAt: (x) => view.unit * (near ? 0.42 : 0.24) * Math.min(1, bank(x) * 1.6 + 0.25),
      density: near ? 5 : 7,
      dark,
      light: mixed(mixed(NEEDLES, heaven.daylight.direct, 0.25), dark, 0.45),
      lightSide: heaven.sun.x < view.centre ? -1 : 1,
      snow: brief.winter ? 0.8 : 0,
      noise,
    });
  });
}

const LINES = 6;

/** Ridge behind ridge of trees, each paler than the one before it. */
export function mistyForest(
  brief: SceneBrief,
  chance: Chance,
  view: View,
  heaven: Heaven,
): Layer[] {
  const noise = new LatticeNoise(chance.seed);
  const mist = brief.weather === 'fog' ? 1 : 0.82;
  return Array.from({ length: LINES }, (_, step) => {
    const near = step / (LINES - 1);
    const base = view.horizon + view.unit * lerp(-0.12, 0.3, near ** 1.25);
    const air = heaven.sky.colourAt(view.centre, view.horizon - view.unit * 0.05);
    const dark = mixed(scaled(heaven.daylight.ambient, 0.16), air, mist * (1 - near) ** 1.1);
    const slope = chance.between(-0.22, 0.22) * view.unit;
    return new TreeLine(chance.fork(`line ${step}`), {
      width: view.width,
      height: view.height,
      groundAt: (x) =>
        base +
        rollOf(noise, view, x, step) * lerp(0.3, 0.12, near) +
        slope * (x / view.width - 0.5) * (1 - near),
      heightAt: () => view.unit * lerp(0.07, 0.4, near ** 1.5),
      density: lerp(11, 4.5, near),
      dark,
      light: mixed(
        mixed(mixed(NEEDLES, heaven.daylight.direct, 0.3), dark, 0.4),
        air,
        mist * (1 - near),
      ),
      lightSide: heaven.sun.x < view.centre ? -1 : 1,
      snow: brief.winter ? 0.75 : 0,
      noise,
    });
  });
}

/** Rolling ground, in pixels for a height of one; nearer lines slide faster with the camera. */
function rollOf(noise: LatticeNoise, view: View, x: number, step: number): number {
  const place = (x / view.unit) * 2.1 + step * 9 + view.travel * 0.04 * (step + 1);
  return (noise.fbm(place, step * 5, 4) - 0.5) * view.unit;
}
