import { deadline } from '@imprest/application';

const CANCEL_MS = 10_000;

/** Takes work back that nobody waits for any more, while those who waited have gone on. */
export class Cancellations {
  private readonly underWay = new Set<Promise<void>>();

  /** A server that cannot be told finishes the work, and nobody fetches it. */
  begin(cancel: (signal: AbortSignal) => Promise<unknown>): void {
    const cancelling = this.tell(cancel).finally(() => this.underWay.delete(cancelling));
    this.underWay.add(cancelling);
  }

  async settled(): Promise<void> {
    await Promise.all(this.underWay);
  }

  private async tell(cancel: (signal: AbortSignal) => Promise<unknown>): Promise<void> {
    const { signal, end } = deadline(CANCEL_MS);
    await cancel(signal).catch(() => undefined);
    end();
  }
}
