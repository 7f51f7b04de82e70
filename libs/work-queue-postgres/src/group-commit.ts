import type { Lane } from './lane.js';

export interface Batching<Entry, Answer> {
  /** Writes a batch in one statement; one answer per entry, in their order. */
  readonly commit: (entries: readonly Entry[]) => Promise<readonly Answer[]>;
  /** Rows an entry stands for. */
  readonly rowsOf: (entry: Entry) => number;
  /** Whether an entry can go into the batch that the first one opened; all can when absent. */
  readonly fits?: (first: Entry, entry: Entry) => boolean;
  readonly maxBatchRows: number;
  /** Rows that may wait; calls beyond are rejected. */
  readonly maxWaitingRows: number;
}

interface Waiting<Entry, Answer> {
  readonly entry: Entry;
  readonly resolve: (answer: Answer) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * Calls that arrive while the lane is busy share the next statement. No timer: the running statement is
 * the window.
 */
export class GroupCommit<Entry, Answer> {
  private waiting: Waiting<Entry, Answer>[] = [];
  private waitingRows = 0;
  private scheduled = false;

  constructor(
    private readonly name: string,
    private readonly lane: Lane,
    private readonly batching: Batching<Entry, Answer>,
  ) {}

  submit(entry: Entry): Promise<Answer> {
    const rows = this.batching.rowsOf(entry);
    if (this.waitingRows > 0 && this.waitingRows + rows > this.batching.maxWaitingRows) {
      return Promise.reject(
        new Error(`${this.name} is overloaded: ${this.waitingRows} rows are waiting`),
      );
    }
    return new Promise((resolve, reject) => {
      this.waiting.push({ entry, resolve, reject });
      this.waitingRows += rows;
      this.schedule();
    });
  }

  private schedule(): void {
    if (this.scheduled || this.waiting.length === 0) return;
    this.scheduled = true;
    this.lane.run(async () => {
      this.scheduled = false;
      const batch = this.take();
      this.schedule();
      await this.settle(batch);
    });
  }

  private take(): Waiting<Entry, Answer>[] {
    const { rowsOf, maxBatchRows, fits = () => true } = this.batching;
    const taken: Waiting<Entry, Answer>[] = [];
    const passed: Waiting<Entry, Answer>[] = [];
    let rows = 0;
    let next = 0;
    for (; next < this.waiting.length; next += 1) {
      const call = this.waiting[next] as Waiting<Entry, Answer>;
      const first = taken[0]?.entry ?? call.entry;
      const size = rowsOf(call.entry);
      if (!fits(first, call.entry)) {
        passed.push(call);
        continue;
      }
      if (taken.length > 0 && rows + size > maxBatchRows) break;
      taken.push(call);
      rows += size;
    }
    this.waiting = passed.concat(this.waiting.slice(next));
    this.waitingRows -= rows;
    return taken;
  }

  private async settle(batch: readonly Waiting<Entry, Answer>[]): Promise<void> {
    try {
      const answers = await this.batching.commit(batch.map(({ entry }) => entry));
      for (const [index, { resolve }] of batch.entries()) resolve(answers[index] as Answer);
    } catch (error) {
      for (const { reject } of batch) reject(error);
    }
  }
}
