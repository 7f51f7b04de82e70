/** Lookups made while one is running go out together as the next one. */
export class BatchedLookup<Row> {
  private wanted = new Set<string>();
  private next: Promise<ReadonlyMap<string, Row>> | undefined;
  private lane: Promise<unknown> = Promise.resolve();

  constructor(
    private readonly lookUp: (ids: readonly string[]) => Promise<ReadonlyMap<string, Row>>,
  ) {}

  /** Rows of these ids, possibly among others; ids without a row are missing. */
  load(ids: readonly string[]): Promise<ReadonlyMap<string, Row>> {
    for (const id of ids) this.wanted.add(id);
    if (this.next === undefined) {
      this.next = this.lane.then(() => {
        const batch = [...this.wanted];
        this.wanted = new Set();
        this.next = undefined;
        return this.lookUp(batch);
      });
      this.lane = this.next.catch(() => {});
    }
    return this.next;
  }
}
