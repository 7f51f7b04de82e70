export interface RebuildProgress {
  readonly step: 'reading' | 'indexing' | 'catching up';
  readonly events: number;
  /** Of the last event read. */
  readonly position: bigint;
  /** Where the reading will end; it moves on while others append. */
  readonly head: bigint;
  readonly eventsPerSecond: number;
  /** Seconds left at the rate so far. */
  readonly etaSeconds: number;
}

export type OnProgress = (progress: RebuildProgress) => void;

const INTERVAL_MS = 250;

/** Counts what was read of the store and tells it a few times a second. */
export class ProgressMeter {
  step: RebuildProgress['step'] = 'reading';
  events = 0;
  head: bigint;
  position: bigint;
  private readonly startMs = performance.now();
  private toldMs = this.startMs;

  constructor(
    private readonly onProgress: OnProgress | undefined,
    private readonly start = 0n,
  ) {
    this.position = start;
    this.head = start;
  }

  get seconds(): number {
    return (performance.now() - this.startMs) / 1000;
  }

  read(events: number, position: bigint): void {
    this.events += events;
    this.position = position;
    if (performance.now() - this.toldMs < INTERVAL_MS) return;
    this.tell();
  }

  tell(): void {
    this.toldMs = performance.now();
    const { step, events, position, head, seconds } = this;
    const left = head > position ? Number(head - position) : 0;
    const done = Number(position - this.start);
    const etaSeconds = done > 0 ? (left / done) * seconds : 0;
    const eventsPerSecond = Math.round(events / Math.max(seconds, 0.001));
    this.onProgress?.({ step, events, position, head, eventsPerSecond, etaSeconds });
  }
}
