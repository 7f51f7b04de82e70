import type { AppendResult, ReadStreamOptions, StreamAppend } from '@imprest/application';
import type { RecordedEvent } from '@imprest/event-catalogue';
import { InMemoryEventStore } from './in-memory-event-store.js';

/** A store in memory that a test can look into, hold up and break. */
export class WatchedEventStore extends InMemoryEventStore {
  /** Streams written to, one list for each call of append. */
  readonly appends: (readonly string[])[] = [];
  conflicts = 0;
  /** Calls of readStream, and the events they gave out. */
  reads = 0;
  eventsRead = 0;
  /** Awaited before an append takes place. What it throws, append throws, and nothing is written. */
  beforeAppend: (appends: readonly StreamAppend[]) => unknown = () => undefined;
  /** Awaited after an append has taken place. What it throws, append throws all the same. */
  afterAppend: (appends: readonly StreamAppend[]) => unknown = () => undefined;

  override async append(appends: readonly StreamAppend[]): Promise<AppendResult> {
    this.appends.push(appends.map(({ stream }) => stream));
    await this.beforeAppend(appends);
    const result = await super.append(appends);
    if (result.kind === 'conflict') this.conflicts += 1;
    await this.afterAppend(appends);
    return result;
  }

  override async *readStream(
    stream: string,
    options?: ReadStreamOptions,
  ): AsyncIterable<readonly RecordedEvent[]> {
    this.reads += 1;
    for await (const page of super.readStream(stream, options)) {
      this.eventsRead += page.length;
      yield page;
    }
  }
}
