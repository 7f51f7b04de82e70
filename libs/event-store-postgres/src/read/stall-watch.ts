import type pg from 'pg';

/** Cuts the connection of an answer that stops coming; a reader that takes its time is no reason to. */
export class StallWatch {
  private deadline: NodeJS.Timeout | undefined;

  constructor(
    private readonly client: pg.ClientBase,
    private readonly timeoutMs: number,
  ) {
    this.resume();
  }

  resume(): void {
    this.pause();
    const { connection } = this.client as pg.Client;
    this.deadline = setTimeout(() => connection.stream.destroy(), this.timeoutMs);
  }

  pause(): void {
    clearTimeout(this.deadline);
  }
}
