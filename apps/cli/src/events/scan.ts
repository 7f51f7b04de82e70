import { type EventStore, START_OF_STORE } from '@imprest/application';
import type { RecordedEvent } from '@imprest/event-catalogue';
import { ProgressDisplay } from '../terminal/progress-line.js';
import type { Terminal } from '../terminal/terminal.js';

export interface ScanOptions {
  readonly categories?: readonly string[];
  /** Exclusive. */
  readonly after?: bigint;
}

/** Answers false when it has seen enough. */
export type Look = (event: RecordedEvent) => Promise<boolean | undefined> | boolean | undefined;

/** Looks at every event up to the head, with progress on standard error. Ends early when asked to. */
export async function scan(
  terminal: Terminal,
  store: EventStore,
  { categories, after = START_OF_STORE }: ScanOptions,
  look: Look,
): Promise<void> {
  const display = new ProgressDisplay(terminal);
  const meter = display.meter(after);
  meter.head = await store.head();
  try {
    for await (const page of store.readAll({ after, upTo: meter.head, categories })) {
      for (const event of page) {
        if (terminal.signal.aborted || (await look(event)) === false) return;
      }
      meter.read(page.length, page.at(-1)?.position ?? meter.position);
    }
  } finally {
    display.end();
  }
}
