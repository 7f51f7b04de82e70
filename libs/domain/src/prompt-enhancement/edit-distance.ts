/** Letters to insert, remove or replace to make one text of the other; anything above `most` is told as `most + 1`. */
export function editDistance(one: string, other: string, most: number): number {
  if (Math.abs(one.length - other.length) > most) return most + 1;
  let previous = Array.from({ length: other.length + 1 }, (_, at) => at);
  for (let row = 1; row <= one.length; row += 1) {
    const current = [row];
    for (let column = 1; column <= other.length; column += 1) {
      const same = one[row - 1] === other[column - 1] ? 0 : 1;
      const replaced = (previous[column - 1] as number) + same;
      const inserted = (current[column - 1] as number) + 1;
      const removed = (previous[column] as number) + 1;
      current.push(Math.min(replaced, inserted, removed));
    }
    if (Math.min(...current) > most) return most + 1;
    previous = current;
  }
  return previous[other.length] as number;
}
