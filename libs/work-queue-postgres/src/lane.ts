/** Runs one task at a time, in the order asked for. */
export class Lane {
  private readonly tasks: (() => Promise<void>)[] = [];
  private running = false;
  private whenIdle: (() => void)[] = [];

  /** @param task must not reject */
  run(task: () => Promise<void>): void {
    this.tasks.push(task);
    if (this.running) return;
    this.running = true;
    setImmediate(this.turn);
  }

  async idle(): Promise<void> {
    if (this.running) await new Promise<void>((resolve) => this.whenIdle.push(resolve));
  }

  /** One task per turn of the event loop: callers answered by the last one can share the next. */
  private readonly turn = async (): Promise<void> => {
    await this.tasks.shift()?.();
    if (this.tasks.length > 0) {
      setImmediate(this.turn);
      return;
    }
    this.running = false;
    for (const resolve of this.whenIdle.splice(0)) resolve();
  };
}
