/** Wakes whoever waits at the moment it is raised; nothing is remembered for those who come later. */
export class Signal {
  private readonly waiting = new Set<() => void>();

  /** Waits until it is raised, but no longer than `ms`. */
  raised(ms?: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = ms === undefined ? undefined : setTimeout(() => this.wake(done), ms);
      const done = () => {
        clearTimeout(timer);
        resolve();
      };
      this.waiting.add(done);
    });
  }

  raise(): void {
    for (const done of [...this.waiting]) this.wake(done);
  }

  private wake(done: () => void): void {
    this.waiting.delete(done);
    done();
  }
}
