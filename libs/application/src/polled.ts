import type { Clock } from './ports/clock.js';

interface PolledOptions<T> {
  readonly read: () => Promise<T>;
  readonly clock: Clock;
  /** How old an answer may be. */
  readonly freshMs: number;
  /** An answer that took long to get is kept so many times as long; 10 when absent. */
  readonly rests?: number;
}

/** What many ask for all the time: read once for all of them, and the less often the longer it takes. */
export class Polled<T> {
  private known: { readonly value: T; readonly untilMs: number } | undefined;
  private reading: Promise<T> | undefined;

  constructor(private readonly options: PolledOptions<T>) {}

  /** @throws what the reading throws; the next call tries again */
  async get(): Promise<T> {
    const { known } = this;
    if (known !== undefined && this.nowMs() < known.untilMs) return known.value;
    this.reading ??= this.read().finally(() => {
      this.reading = undefined;
    });
    return this.reading;
  }

  private async read(): Promise<T> {
    const { read, freshMs, rests = 10 } = this.options;
    const began = this.nowMs();
    const value = await read();
    const tookMs = Math.max(0, this.nowMs() - began);
    this.known = { value, untilMs: this.nowMs() + Math.max(freshMs, rests * tookMs) };
    return value;
  }

  private nowMs(): number {
    return this.options.clock.now().getTime();
  }
}
