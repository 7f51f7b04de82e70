import { deadline } from '@imprest/application';
import type { ComfyuiApi } from '../protocol/comfyui-api.js';

const CANCEL_MS = 10_000;

/** Takes back runs that nobody waits for any more, while those who waited have gone on. */
export class Cancellations {
  private readonly underWay = new Set<Promise<void>>();

  constructor(private readonly api: ComfyuiApi) {}

  /** @param submitted the id, once it is known; rejected when there is no run */
  begin(submitted: Promise<string>): void {
    const cancelling = this.cancel(submitted).finally(() => this.underWay.delete(cancelling));
    this.underWay.add(cancelling);
  }

  async settled(): Promise<void> {
    await Promise.all(this.underWay);
  }

  /** A server that cannot be told finishes the run; its images are fetched by nobody. */
  private async cancel(submitted: Promise<string>): Promise<void> {
    const { signal, end } = deadline(CANCEL_MS);
    try {
      await this.api.cancel(await submitted, signal);
    } catch {
      return;
    } finally {
      end();
    }
  }
}
