/** A wait that a timer, a call of `now` or an abort ends, whichever is first. */
export class Wake {
  private ring: (() => void) | undefined;
  private rung = false;

  now(): void {
    this.rung = true;
    this.ring?.();
  }

  /** Returns at once when it was called since the last wait, and when the signal is aborted. */
  async wait(ms: number, signal: AbortSignal): Promise<void> {
    if (!this.rung && !signal.aborted) await this.untilRung(ms, signal);
    this.rung = false;
  }

  private async untilRung(ms: number, signal: AbortSignal): Promise<void> {
    let timer: NodeJS.Timeout | undefined;
    let stop = () => {};
    await new Promise<void>((resolve) => {
      stop = () => resolve();
      this.ring = stop;
      timer = setTimeout(stop, ms);
      signal.addEventListener('abort', stop, { once: true });
    });
    clearTimeout(timer);
    signal.removeEventListener('abort', stop);
    this.ring = undefined;
  }
}
