import type { ModelPlacement } from '@imprest/application';
import { type Fields, wholeNumber } from '@imprest/data-files';

const DAY_SECONDS = 86_400;

/** Least and most of each field. */
const BOUNDS = {
  vramBytes: [1, Number.MAX_SAFE_INTEGER],
  slotCost: [1, 64],
  warmFloor: [0, 10_000],
  holdSeconds: [0, DAY_SECONDS],
  loadSeconds: [0, DAY_SECONDS],
} as const satisfies Record<keyof ModelPlacement, readonly [number, number]>;

const names = Object.keys(BOUNDS) as readonly (keyof ModelPlacement)[];

export const PLACEMENT_FIELDS: readonly string[] = names;

/** What an entry says of how its model is to be placed on workers. @throws DataFileError */
export function modelPlacement(fields: Fields, where: string): ModelPlacement {
  const given = names.filter((name) => fields[name] !== undefined);
  return Object.fromEntries(
    given.map((name) => {
      const [least, most] = BOUNDS[name];
      return [name, wholeNumber(fields[name], `${where}.${name}`, least, most)];
    }),
  );
}
