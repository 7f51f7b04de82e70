import { setTimeout as delay } from 'node:timers/promises';

/** Lets what comes within a few milliseconds go on together, so that it shares what it does next. */
export class SharedTurn {
  private turn: Promise<unknown> | undefined;

  constructor(private readonly ms: number) {}

  async come(): Promise<void> {
    this.turn ??= delay(this.ms).finally(() => {
      this.turn = undefined;
    });
    await this.turn;
  }
}
