const BUCKET = 32;

/** Finds the things that reach into a pixel column, in the order they were given. */
export class ByColumn<T> {
  private readonly buckets: T[][];
  private readonly none: readonly T[] = [];

  /** `reach` gives the first and last column a thing touches. */
  constructor(width: number, things: readonly T[], reach: (thing: T) => readonly [number, number]) {
    this.buckets = Array.from({ length: Math.ceil(width / BUCKET) }, () => []);
    for (const thing of things) {
      const [first, last] = reach(thing);
      const end = Math.min(this.buckets.length - 1, Math.floor(last / BUCKET));
      for (let index = Math.max(0, Math.floor(first / BUCKET)); index <= end; index += 1) {
        this.buckets[index]?.push(thing);
      }
    }
  }

  /** May hold neighbours that do not touch the column itself. */
  at(x: number): readonly T[] {
    return this.buckets[Math.floor(x / BUCKET)] ?? this.none;
  }
}
