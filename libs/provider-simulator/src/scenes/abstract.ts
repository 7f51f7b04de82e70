import type { Chance } from '../chance/chance.js';
import { hueTurned, mixed, type Rgb, rgb, scaled } from '../image/colour.js';
import { type Picture, viewOf } from '../image/view.js';
import { PaperCut } from '../layers/paper-cut.js';
import type { SceneBrief } from '../prompt/scene-brief.js';
import type { Scene } from './scene.js';

/** Four colours that go together, from dark to light. */
const PALETTES: readonly [readonly string[], ...(readonly string[])[]] = [
  ['#14213d', '#274c77', '#e29578', '#ffe8d6'],
  ['#2b1d42', '#7b2d6b', '#ef6f6c', '#ffd6a5'],
  ['#0b2b33', '#12707a', '#7fc8a9', '#f6f1d1'],
  ['#1f1b2e', '#4b3f72', '#8fb8de', '#f5efed'],
  ['#2d1e16', '#8c3f2b', '#e0995e', '#f7e7c6'],
  ['#10241b', '#2f6b4f', '#b5c99a', '#faf3dd'],
];

/** Sheets of coloured paper: what a prompt without any known subject becomes. */
export function abstract(brief: SceneBrief, chance: Chance, picture: Picture): Scene {
  const view = viewOf(picture, 0.5, 0.1);
  const draw = chance.fork('palette');
  const turn = draw.between(-0.08, 0.08);
  const stops = draw
    .pick([...PALETTES] as [readonly string[], ...(readonly string[])[]])
    .map((hex) => hueTurned(rgb(hex), turn));
  const [first, second] = brief.tints.map(rgb);
  const palette = first ? tinted(first, second) : stops;
  return { layers: [new PaperCut(view, chance.fork('sheets'), palette)], vignette: 0.1 };
}

function tinted(first: Rgb, second: Rgb | undefined): Rgb[] {
  const partner = second ?? hueTurned(first, 0.09);
  return [scaled(first, 0.22), first, partner, mixed(partner, [1, 0.98, 0.94], 0.75)];
}
