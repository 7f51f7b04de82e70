/** Something that is not as it was written. */
export interface Finding {
  /** Of the event or entry in the store; null when it is about no single one. */
  readonly position: bigint | null;
  /** `tokenAccount-<tenant>`, a seal, a table: where to look. */
  readonly where: string;
  readonly problem: string;
}

const KEPT = 100;

/** What a verification finds: a hundred in words, all by number. */
export class Findings {
  count = 0;
  private readonly kept: Finding[] = [];
  private readonly positions = new Set<bigint>();

  add(finding: Finding): void {
    this.count += 1;
    if (this.kept.length < KEPT) this.kept.push(finding);
    if (finding.position !== null && this.positions.size < KEPT) {
      this.positions.add(finding.position);
    }
  }

  /** Those about one event first, in store order: a seal that does not match says less than the event under it. */
  get list(): readonly Finding[] {
    const about = this.kept.filter(({ position }) => position !== null);
    about.sort((a, b) => ((a.position as bigint) < (b.position as bigint) ? -1 : 1));
    return [...about, ...this.kept.filter(({ position }) => position === null)];
  }

  /** Whether the event at a position was named before: what follows from it needs no second word. */
  names(position: bigint): boolean {
    return this.positions.has(position);
  }
}
