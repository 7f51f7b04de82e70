import type { RecordedEvent } from '@imprest/event-catalogue';
import type { Reactor } from './consumer.js';
import { byStream } from './new-events.js';

const STREAMS_AT_ONCE = 64;

/**
 * A failure stops the other streams at their next event, and is thrown when all have stopped: whoever
 * begins again must not meet events that are still being reacted to.
 */
export async function reactTo(reactor: Reactor, events: readonly RecordedEvent[]): Promise<void> {
  const all = byStream(events);
  const streams = all.values();
  const failures: unknown[] = [];
  const lane = async () => {
    for (const ofStream of streams) {
      for (const event of ofStream) {
        if (failures.length > 0) return;
        await reactor.react(event);
      }
    }
  };
  const lanes = Math.min(STREAMS_AT_ONCE, all.size);
  const guarded = () => lane().catch((error) => failures.push(error));
  await Promise.all(Array.from({ length: lanes }, guarded));
  if (failures.length > 0) throw failures[0];
  await reactor.flush?.();
}
