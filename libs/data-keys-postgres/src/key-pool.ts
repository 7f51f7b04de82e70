import { DataKeysUnavailable } from '@imprest/application';
import type { KeyRow } from './key-derivation.js';

export interface KeyPoolOptions {
  /** Rows per insert. */
  readonly refillSize: number;
  /** Refills in the background when fewer are left. */
  readonly lowMark: number;
  /** How long one refill may take. */
  readonly timeoutMs: number;
  /** Pause of the background after a failed refill; a caller who finds the pool empty tries at once. */
  readonly retryAfterMs: number;
}

/** Rows that are durable already and belong to nobody yet, so that taking one needs no write. */
export class KeyPool {
  private readonly rows: KeyRow[] = [];
  private refilling: Promise<void> | undefined;
  private nextBackgroundRefillAt = 0;
  private closed = false;

  constructor(
    private readonly insert: (count: number) => Promise<KeyRow[]>,
    private readonly options: KeyPoolOptions,
  ) {}

  /** Undefined when the pool is empty. */
  take(): KeyRow | undefined {
    const row = this.rows.pop();
    if (this.rows.length < this.options.lowMark) this.refillInBackground();
    return row;
  }

  /** @throws DataKeysUnavailable when the pool is empty and cannot be refilled, or is closed. */
  async takeAfterRefill(): Promise<KeyRow> {
    for (;;) {
      this.assertOpen();
      const row = this.rows.pop();
      if (row !== undefined) return row;
      await this.refill();
    }
  }

  /** @throws DataKeysUnavailable */
  refill(): Promise<void> {
    this.refilling ??= this.insertWithinTime().finally(() => {
      this.refilling = undefined;
    });
    return this.refilling;
  }

  /** @throws DataKeysUnavailable */
  assertOpen(): void {
    if (this.closed) throw new DataKeysUnavailable('data keys are closed');
  }

  /** The rows nobody took; none is handed out from now on. */
  async close(): Promise<readonly KeyRow[]> {
    this.closed = true;
    await this.refilling?.catch(() => {});
    return this.rows.splice(0);
  }

  private refillInBackground(): void {
    if (this.refilling !== undefined || this.closed) return;
    if (performance.now() < this.nextBackgroundRefillAt) return;
    this.refill().catch(() => {
      this.nextBackgroundRefillAt = performance.now() + this.options.retryAfterMs;
    });
  }

  private async insertWithinTime(): Promise<void> {
    let timer: NodeJS.Timeout | undefined;
    const overdue = new Promise<never>((_, reject) => {
      const error = new Error(`no answer within ${this.options.timeoutMs} ms`);
      timer = setTimeout(() => reject(error), this.options.timeoutMs);
    });
    try {
      const rows = await Promise.race([this.insert(this.options.refillSize), overdue]);
      this.rows.push(...rows);
    } catch (cause) {
      throw new DataKeysUnavailable('the pool of data keys cannot be refilled', { cause });
    } finally {
      clearTimeout(timer);
    }
  }
}
