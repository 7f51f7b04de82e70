export interface RebuildProgress {
  readonly events: number;
  /** Of the last event read. */
  readonly position: bigint;
  /** Where the rebuild will end; it moves on while others append. */
  readonly head: bigint;
  readonly eventsPerSecond: number;
  /** Seconds left at the rate so far. */
  readonly etaSeconds: number;
}

export type OnProgress = (progress: RebuildProgress) => void;

const INTERVAL_MS = 250;

/** Counts what a rebuild has read and tells it a few times a second. */
export class ProgressMeter {
  events = 0;
  position = 0n;
  head = 0n;
  private readonly startMs = performance.now();
  private toldMs = 0;

  constructor(private readonly onProgress: OnProgress | undefined) {}

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
    const { events, position, head, seconds } = this;
    const left = head > position ? Number(head - position) : 0;
    const etaSeconds = position > 0n ? (left / Number(position)) * seconds : 0;
    const eventsPerSecond = Math.round(events / Math.max(seconds, 0.001));
    this.onProgress?.({ events, position, head, eventsPerSecond, etaSeconds });
  }
}
