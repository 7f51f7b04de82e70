import { Chance } from '../chance/chance.js';
import { hashOf } from '../chance/hash.js';

/** Part of a picture that a frame shows: its upper left corner and its side, as shares of the picture's. */
export interface FrameWindow {
  readonly left: number;
  readonly top: number;
  readonly side: number;
}

interface Move {
  readonly from: FrameWindow;
  readonly to: FrameWindow;
}

const NEAR = 0.78;
const ROOM = 1 - NEAR;
const whole: FrameWindow = { left: 0, top: 0, side: 1 };
const middle: FrameWindow = { left: ROOM / 2, top: ROOM / 2, side: NEAR };
const at = (left: number, top: number): FrameWindow => ({ left, top, side: NEAR });

const MOVES = {
  zoomIn: { from: whole, to: middle },
  zoomOut: { from: middle, to: whole },
  panLeft: { from: at(ROOM, ROOM / 2), to: at(0, ROOM / 2) },
  panRight: { from: at(0, ROOM / 2), to: at(ROOM, ROOM / 2) },
  tiltUp: { from: at(ROOM / 2, ROOM), to: at(ROOM / 2, 0) },
  tiltDown: { from: at(ROOM / 2, 0), to: at(ROOM / 2, ROOM) },
} as const satisfies Record<string, Move>;

const WORDS: readonly (readonly [RegExp, keyof typeof MOVES])[] = [
  [/\b(zoom|pull)(s|ing)? (out|back)\b/i, 'zoomOut'],
  [/\b(zoom|push|dolly)(s|ing)? in\b/i, 'zoomIn'],
  [/\bpan(s|ning)? (to the )?left\b/i, 'panLeft'],
  [/\bpan(s|ning)? (to the )?right\b/i, 'panRight'],
  [/\btilt(s|ing)? up\b/i, 'tiltUp'],
  [/\btilt(s|ing)? down\b/i, 'tiltDown'],
];
const MOST_CHARACTERS = 20_000;

/** The move that the prompt speaks of; what it leaves open follows from prompt and seed. */
function moveOf(prompt: string, seed: number): Move {
  const said = WORDS.find(([words]) => words.test(prompt.slice(0, MOST_CHARACTERS)));
  if (said !== undefined) return MOVES[said[1]];
  const chance = new Chance(hashOf(seed, prompt, 'camera'));
  return MOVES[
    chance.pick<keyof typeof MOVES>([
      'zoomIn',
      'zoomOut',
      'panLeft',
      'panRight',
      'tiltUp',
      'tiltDown',
    ])
  ];
}

/** Starts and ends at rest. */
const eased = (share: number) => share * share * (3 - 2 * share);

/** What each frame of a clip shows, the first one first. */
export function cameraMove(prompt: string, seed: number, frames: number): readonly FrameWindow[] {
  const { from, to } = moveOf(prompt, seed);
  return Array.from({ length: frames }, (_, frame) => {
    const share = eased(frames > 1 ? frame / (frames - 1) : 0);
    const between = (key: keyof FrameWindow) => from[key] + (to[key] - from[key]) * share;
    return { left: between('left'), top: between('top'), side: between('side') };
  });
}
