interface Engine {
  close(): Promise<void> | void;
}

type Close = () => Promise<unknown> | unknown;

/** What a process has opened, to be closed in the opposite order: nothing outlives what it leans on. */
export class OpenEngines {
  private readonly closers: Close[] = [];
  private closed = false;

  add(close: Close): void {
    this.closers.push(close);
  }

  adopt<T extends Engine>(opening: T | Promise<T>): Promise<T> {
    return this.adoptWith(opening, (engine) => engine.close());
  }

  /** An engine that is ready only after everything was closed is closed as well. */
  async adoptWith<T>(
    opening: T | Promise<T>,
    close: (engine: T) => Promise<unknown> | unknown,
  ): Promise<T> {
    const engine = await opening;
    if (this.closed) await close(engine);
    else this.add(() => close(engine));
    return engine;
  }

  /** One that fails to close keeps none of the others open. @throws the first failure, after all */
  async close(): Promise<void> {
    this.closed = true;
    const failures: unknown[] = [];
    for (const close of this.closers.splice(0).reverse()) {
      try {
        await close();
      } catch (error) {
        failures.push(error);
      }
    }
    if (failures.length > 0) throw failures[0];
  }
}
