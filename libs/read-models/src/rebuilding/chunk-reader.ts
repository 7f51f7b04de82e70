import type { StoredEvent } from '@imprest/event-catalogue';
import type { ProgressMeter } from './rebuild-progress.js';

/** Cuts one long reading of the store into chunks, each to be committed before the next. */
export class ChunkReader {
  /** Nothing is left to read. */
  finished = false;
  private readonly pages: AsyncIterator<readonly StoredEvent[]>;

  constructor(
    pages: AsyncIterable<readonly StoredEvent[]>,
    private readonly meter: ProgressMeter,
    private readonly signal: AbortSignal | undefined,
  ) {
    this.pages = pages[Symbol.asyncIterator]();
  }

  /** Pages until they have this many events, or there are no more, or the signal asks to stop. */
  async *next(events: number): AsyncGenerator<readonly StoredEvent[]> {
    const { meter } = this;
    const enough = meter.events + events;
    while (meter.events < enough && this.signal?.aborted !== true) {
      const { value: page, done } = await this.pages.next();
      if (done === true) {
        this.finished = true;
        meter.position = meter.head;
        return;
      }
      yield page;
      meter.read(page.length, page.at(-1)?.position ?? meter.position);
    }
  }

  /** Lets go of a reading that was not brought to its end. */
  async close(): Promise<void> {
    await this.pages.return?.();
  }
}
