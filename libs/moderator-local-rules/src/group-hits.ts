/** Which groups a text has hit, and in which words. */
export class GroupHits {
  private readonly words: number[][];
  private readonly exempt: Set<number>[];
  private readonly hit: number[] = [];

  constructor(groups: number) {
    this.words = Array.from({ length: groups }, () => []);
    this.exempt = Array.from({ length: groups }, () => new Set());
  }

  clear(): void {
    for (const group of this.hit.splice(0)) {
      this.words[group]!.length = 0;
      this.exempt[group]!.clear();
    }
  }

  add(group: number, word: number): void {
    this.hit.push(group);
    this.words[group]!.push(word);
  }

  /** These words do not count for the group, whether they were added before or will be. */
  except(group: number, firstWord: number, count: number): void {
    this.hit.push(group);
    for (let i = 0; i < count; i += 1) this.exempt[group]!.add(firstWord + i);
  }

  get none(): boolean {
    return this.hit.length === 0;
  }

  all(groups: readonly number[]): boolean {
    return groups.every((group) => this.words[group]!.some((word) => this.counts(group, word)));
  }

  /** Whether some stretch of at most so many words has a hit of every group. */
  allWithin(groups: readonly number[], most: number): boolean {
    const hits = groups
      .flatMap((group) => this.words[group]!.map((word) => ({ group, word })))
      .filter(({ group, word }) => this.counts(group, word))
      .sort((a, b) => a.word - b.word);
    const inside = new Map<number, number>();
    let first = 0;
    for (const { group, word } of hits) {
      inside.set(group, (inside.get(group) ?? 0) + 1);
      while (word - hits[first]!.word >= most) {
        const { group: left } = hits[first]!;
        const count = inside.get(left)! - 1;
        if (count === 0) inside.delete(left);
        else inside.set(left, count);
        first += 1;
      }
      if (inside.size === new Set(groups).size) return true;
    }
    return false;
  }

  private counts(group: number, word: number): boolean {
    return !this.exempt[group]!.has(word);
  }
}
