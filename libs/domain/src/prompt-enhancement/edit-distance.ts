/**
 * Letters to insert, remove or replace to make one text of the other; anything above `most` is told as `most + 1`.
 * Only places at most `most` apart are compared: others cannot lie on a way that is short enough.
 */
export function editDistance(one: string, other: string, most: number): number {
  const tooFar = most + 1;
  if (Math.abs(one.length - other.length) > most) return tooFar;
  let row = Array.from({ length: other.length + 1 }, (_, at) => Math.min(at, tooFar));
  for (let i = 1; i <= one.length; i += 1) {
    const next: number[] = new Array(other.length + 1).fill(tooFar);
    if (i <= most) next[0] = i;
    let least = next[0] as number;
    for (let j = Math.max(1, i - most); j <= Math.min(other.length, i + most); j += 1) {
      const replaced = (row[j - 1] as number) + (one[i - 1] === other[j - 1] ? 0 : 1);
      const inserted = (next[j - 1] as number) + 1;
      const removed = (row[j] as number) + 1;
      const distance = Math.min(replaced, inserted, removed, tooFar);
      next[j] = distance;
      if (distance < least) least = distance;
    }
    if (least > most) return tooFar;
    row = next;
  }
  return row[other.length] as number;
}
