/** Something that is not as it was written. */
export interface Finding {
  /** Of the event or entry in the store; null when it is about no single one. */
  readonly position: bigint | null;
  /** `tokenAccount-<tenant>`, a seal, a table: where to look. */
  readonly where: string;
  readonly problem: string;
}

const KEPT = 100;

/** What a verification finds, in store order: the first hundred in words, all by number. */
export class Findings {
  readonly list: Finding[] = [];
  count = 0;
  private readonly positions = new Set<bigint>();

  add(finding: Finding): void {
    this.count += 1;
    if (this.list.length < KEPT) this.list.push(finding);
    if (finding.position !== null && this.positions.size < KEPT) {
      this.positions.add(finding.position);
    }
  }

  /** Whether the event at a position was named before: what follows from it needs no second word. */
  names(position: bigint): boolean {
    return this.positions.has(position);
  }
}
