import { Inject, Injectable } from '@nestjs/common';
import type { Clock } from '../ports/clock.js';
import type { EventStore } from '../ports/event-store.js';
import { CLOCK, EVENT_STORE } from '../ports/tokens.js';

/** Streams that every request asks about and that hardly ever change. */
const CATEGORIES = ['apiKey', 'endUser', 'tenant'] as const;
const LOOK_MS = 1_000;
const CAPACITY = 50_000;

/**
 * Tells whether what was read from a stream still holds, whoever writes to it. One look at the whole store
 * a second stands for a look at each stream. It looks only while it is asked; when a look fails or none was
 * due for long, a reading holds for its first `maxAgeMs` alone, as it would without this.
 */
@Injectable()
export class StreamChanges {
  private readonly changedAtMs = new Map<string, number>();
  private position: bigint | undefined;
  /** No change after this moment goes unheard. */
  private knownSinceMs = Number.POSITIVE_INFINITY;
  /** Whatever was committed before this moment has been heard. */
  private heardUpToMs = Number.NEGATIVE_INFINITY;
  private lookedAtMs = Number.NEGATIVE_INFINITY;
  private looking = false;

  constructor(
    @Inject(EVENT_STORE) private readonly store: EventStore,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Whether a reading that began at `readAtMs` tells what is true now, or was `maxAgeMs` ago at most. */
  holds(stream: string, readAtMs: number, maxAgeMs: number, nowMs: number): boolean {
    if (nowMs - this.lookedAtMs >= LOOK_MS && !this.looking) void this.look(nowMs);
    const changedAtMs = this.changedAtMs.get(stream);
    if (changedAtMs !== undefined && changedAtMs >= readAtMs) return false;
    if (nowMs - readAtMs < maxAgeMs) return true;
    return readAtMs > this.knownSinceMs && nowMs - this.heardUpToMs < maxAgeMs;
  }

  private async look(nowMs: number): Promise<void> {
    this.looking = true;
    this.lookedAtMs = nowMs;
    try {
      const head = await this.store.head();
      if (this.position === undefined) this.knownSinceMs = this.clock.now().getTime();
      else await this.hear(this.position, head);
      this.position = head;
      this.heardUpToMs = nowMs;
    } catch {
      // The next look begins where this one did; until it succeeds, readings age.
    } finally {
      this.looking = false;
    }
  }

  private async hear(after: bigint, upTo: bigint): Promise<void> {
    for await (const page of this.store.readAll({ after, upTo, categories: CATEGORIES })) {
      const heardAtMs = this.clock.now().getTime();
      for (const { stream } of page) this.changedAtMs.set(stream, heardAtMs);
      if (this.changedAtMs.size <= CAPACITY) continue;
      // With the changes forgotten, what was read before them must age as if nobody listened.
      this.changedAtMs.clear();
      this.knownSinceMs = heardAtMs;
    }
  }
}
