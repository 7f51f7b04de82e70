import type { CopyProgress } from '@imprest/application';
import { ProgressDisplay } from '../terminal/progress-line.js';
import type { Terminal } from '../terminal/terminal.js';

/** How far a move is, with the rate and the time left of the step under way. */
export class CopyProgressDisplay {
  private readonly display: ProgressDisplay;
  private step: CopyProgress['step'] | undefined;
  private start = 0n;
  private startMs = 0;

  constructor(terminal: Terminal) {
    this.display = new ProgressDisplay(terminal);
  }

  readonly show = ({ step, events, position, upTo: head }: CopyProgress): void => {
    const nowMs = performance.now();
    if (step !== this.step) {
      this.step = step;
      this.start = position;
      this.startMs = nowMs;
    }
    const seconds = Math.max((nowMs - this.startMs) / 1_000, 0.001);
    const done = Number(position - this.start);
    const left = Number(head - position);
    const etaSeconds =
      left === 0 ? 0 : done > 0 ? (left / done) * seconds : Number.POSITIVE_INFINITY;
    const eventsPerSecond = Math.round(events / seconds);
    this.display.show({ step, events, position, head, eventsPerSecond, etaSeconds });
  };

  end(): void {
    this.display.end();
  }
}
