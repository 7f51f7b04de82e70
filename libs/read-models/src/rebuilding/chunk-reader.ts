import type { Pace } from '@imprest/application';
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
    private readonly options: { readonly signal?: AbortSignal | undefined; readonly pace: Pace },
  ) {
    this.pages = pages[Symbol.asyncIterator]();
  }

  /** Pages until they have this many events, or there are no more, or the signal asks to stop. */
  async *next(events: number): AsyncGenerator<readonly StoredEvent[]> {
    const { meter } = this;
    const { signal, pace } = this.options;
    const enough = meter.events + events;
    while (meter.events < enough && signal?.aborted !== true) {
      const endTurn = await beginTurn(pace);
      try {
        const { value: page, done } = await this.pages.next();
        if (done === true) {
          this.finished = true;
          meter.position = meter.head;
          return;
        }
        yield page;
        meter.read(page.length, page.at(-1)?.position ?? meter.position);
      } finally {
        endTurn();
      }
    }
  }

  /** Lets go of a reading that was not brought to its end. */
  async close(): Promise<void> {
    await this.pages.return?.();
  }
}

/** A turn that takes as long as a page is worked on by whoever asked for it, until it is ended. */
function beginTurn(pace: Pace): Promise<() => void> {
  return new Promise((begun, failed) => {
    const turn = () => new Promise<void>((end) => begun(end));
    pace.turn(turn).catch(failed);
  });
}
