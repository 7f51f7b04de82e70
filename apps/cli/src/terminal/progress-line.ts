import { ProgressMeter, type RebuildProgress } from '@imprest/read-models';
import { duration, whole } from './format.js';
import type { Terminal } from './terminal.js';

/** Shorter work shows none. */
const FIRST_MS = 500;
/** Between lines where output is kept. */
const INTERVAL_MS = 2_000;

/** Work of other steps than a rebuild's may be shown too. */
export type ShownProgress = Omit<RebuildProgress, 'step'> & { readonly step: string };

/** `reading: 1,200,000 events, 61 %, 180,000/s, 4 s left` */
export function progressLine(progress: ShownProgress): string {
  const { step, events, position, head, eventsPerSecond, etaSeconds } = progress;
  const percent = head === 0n ? 100 : Number((position * 100n) / head);
  const rate = whole(Math.round(eventsPerSecond));
  return `${step}: ${whole(events)} events, ${percent} %, ${rate}/s, ${duration(etaSeconds)} left`;
}

/** How far long work is, on standard error. */
export class ProgressDisplay {
  private readonly startMs = performance.now();
  private shownMs = 0;
  private shownStep = '';

  constructor(private readonly terminal: Terminal) {}

  readonly show = (progress: ShownProgress): void => {
    const nowMs = performance.now();
    if (nowMs - this.startMs < FIRST_MS) return;
    const isDue = this.terminal.isInteractive || nowMs - this.shownMs >= INTERVAL_MS;
    if (!isDue && progress.step === this.shownStep) return;
    this.shownMs = nowMs;
    this.shownStep = progress.step;
    this.terminal.sayInPlace(progressLine(progress));
  };

  meter(start: bigint): ProgressMeter {
    return new ProgressMeter(this.show, start);
  }

  end(): void {
    if (this.shownMs > 0) this.terminal.endLine();
  }
}
