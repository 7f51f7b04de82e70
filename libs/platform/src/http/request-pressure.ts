import { Injectable } from '@nestjs/common';

const WINDOW_MS = 250;
/** Tenants' requests in a window from which on they have the process to themselves: 200 a second. */
const MANY = 50;

/** Knows whether requests are coming in so fast that everything else should step back. */
@Injectable()
export class RequestPressure {
  private windowEndsMs = 0;
  private inWindow = 0;
  private inLastWindow = 0;

  /** To be called once for each request of a tenant. */
  count(): void {
    this.roll(performance.now());
    this.inWindow += 1;
  }

  readonly isHigh = (): boolean => {
    this.roll(performance.now());
    return this.inWindow >= MANY || this.inLastWindow >= MANY;
  };

  private roll(nowMs: number): void {
    if (nowMs < this.windowEndsMs) return;
    const missedOne = nowMs >= this.windowEndsMs + WINDOW_MS;
    this.inLastWindow = missedOne ? 0 : this.inWindow;
    this.inWindow = 0;
    this.windowEndsMs = nowMs + WINDOW_MS;
  }
}
