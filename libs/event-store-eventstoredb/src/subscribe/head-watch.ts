import { Backoff, pause } from '@imprest/application';
import type { EventReader } from '../read/event-reader.js';

const LOOK_EVERY_MS = 250;

/**
 * The position of the store's last event, looked up four times a second while somebody follows the store:
 * what the server has not told a filtered subscription because nothing passed its filter.
 */
export class HeadWatch {
  known = 0n;
  private followers = 0;
  private stop = new AbortController();

  constructor(private readonly reader: EventReader) {}

  advance(position: bigint): void {
    if (position > this.known) this.known = position;
  }

  retain(): void {
    this.followers += 1;
    if (this.followers > 1) return;
    this.stop = new AbortController();
    void this.follow(this.stop.signal);
  }

  release(): void {
    this.followers -= 1;
    if (this.followers === 0) this.stop.abort();
  }

  private async follow(signal: AbortSignal): Promise<void> {
    const backoff = new Backoff();
    while (!signal.aborted) {
      let waitMs = LOOK_EVERY_MS;
      try {
        this.advance(await this.reader.head());
        backoff.reset();
      } catch {
        // Whoever follows the store notices and tells; this only has to go on.
        waitMs = backoff.next();
      }
      await pause(waitMs, signal);
    }
  }
}
