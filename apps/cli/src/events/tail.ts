import { type EventSelection, type EventStore, SelectedEvents } from '@imprest/application';
import type { Terminal } from '../terminal/terminal.js';
import { eventJson, eventLine } from './event-text.js';

export interface TailOptions extends EventSelection {
  /** Position to go on after, or `start`; the head when absent. */
  readonly from?: bigint | 'start';
  /** Ends after so many events. */
  readonly limit?: number;
  readonly json?: boolean;
}

/** Prints events as they are appended, until the user has seen enough. */
export async function tail(
  terminal: Terminal,
  store: EventStore,
  options: TailOptions,
): Promise<void> {
  const { from, limit = Number.POSITIVE_INFINITY, json, category } = options;
  const filter = new SelectedEvents(options);
  const after = from === 'start' ? 0n : (from ?? (await store.head()));
  let left = limit;
  const enough = new AbortController();
  const stop = AbortSignal.any([terminal.signal, enough.signal]);
  const subscription = store.subscribe({ after, categories: category }, async ({ events }) => {
    for (const event of events) {
      if (stop.aborted) return;
      if (!filter.matches(event)) continue;
      await (json ? terminal.printJson(eventJson(event)) : terminal.print(eventLine(event)));
      left -= 1;
      if (left <= 0) enough.abort();
    }
  });
  const stopped = new Promise<void>((resolve) => {
    if (stop.aborted) resolve();
    stop.addEventListener('abort', () => resolve(), { once: true });
  });
  try {
    await Promise.race([subscription.ended, stopped]);
  } finally {
    await subscription.close();
  }
  // Following ends only by being stopped: that is no failure.
  terminal.exitCode = 0;
}
