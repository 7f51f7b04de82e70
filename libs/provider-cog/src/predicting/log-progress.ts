/** As the progress bars of tqdm, which nearly every model shows, write it: ` 45%|████▌     | 9/20`. */
const PERCENT = /(\d{1,3})%\|/g;

/** The last fraction that a piece of a log tells, 0 to 1; undefined when there is none. */
export function fractionIn(log: string): number | undefined {
  const last = [...log.matchAll(PERCENT)].at(-1)?.[1];
  return last === undefined ? undefined : Math.min(1, Number(last) / 100);
}
