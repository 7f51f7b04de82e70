/** One caller's ear on a signal. It hears from its creation on, so that nothing falls between look and wait. */
export interface Listening {
  /** Until the signal was heard, the time is over or the caller gave up; at once when it was heard already. */
  wait(ms: number, stop: AbortSignal): Promise<void>;
  end(): void;
}

/** Wakes everyone who waits for something to become ready. */
export class ReadySignal {
  private readonly ears = new Set<() => void>();

  raise(): void {
    for (const hear of [...this.ears]) hear();
  }

  listen(): Listening {
    let heard = false;
    let go = () => {};
    const hear = () => {
      heard = true;
      go();
    };
    this.ears.add(hear);
    const wait = (ms: number, stop: AbortSignal) =>
      new Promise<void>((resolve) => {
        if (heard || stop.aborted) {
          heard = false;
          resolve();
          return;
        }
        const timer = setTimeout(done, ms);
        function done() {
          clearTimeout(timer);
          stop.removeEventListener('abort', done);
          heard = false;
          go = () => {};
          resolve();
        }
        stop.addEventListener('abort', done);
        go = done;
      });
    return { wait, end: () => this.ears.delete(hear) };
  }
}
