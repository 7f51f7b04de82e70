import type { PendingAppend } from './pending-append.js';

export interface AppendLimits {
  /** Events after which a batch takes no further call. */
  readonly batchEvents: number;
  /** Calls that may wait; more are turned away. */
  readonly queuedAppends: number;
  /** Longest wait for the server to commit a batch. */
  readonly answerTimeoutMs: number;
}

const MAX_BATCH_BYTES = 8 * 1024 * 1024;
const MAX_QUEUED_BYTES = 256 * 1024 * 1024;

/** Calls that wait for their batch, bounded in number and bytes. */
export class AppendQueue {
  private readonly calls: PendingAppend[] = [];
  private bytes = 0;

  constructor(private readonly limits: AppendLimits) {}

  get length(): number {
    return this.calls.length;
  }

  get isFull(): boolean {
    return this.length >= this.limits.queuedAppends || this.bytes >= MAX_QUEUED_BYTES;
  }

  add(call: PendingAppend): void {
    this.calls.push(call);
    this.bytes += call.bytes;
  }

  /** Calls taken before come first again; they do not count as new ones. */
  putBack(calls: readonly PendingAppend[]): void {
    this.calls.unshift(...calls);
    for (const call of calls) this.bytes += call.bytes;
  }

  /** As many of the oldest as one batch may have, and at least one. */
  takeBatch(): PendingAppend[] {
    let events = 0;
    let bytes = 0;
    let count = 0;
    for (const call of this.calls) {
      events += call.events;
      bytes += call.bytes;
      if (count > 0 && (events > this.limits.batchEvents || bytes > MAX_BATCH_BYTES)) break;
      count += 1;
    }
    return this.take(count);
  }

  takeAll(): PendingAppend[] {
    return this.take(this.length);
  }

  private take(count: number): PendingAppend[] {
    const calls = this.calls.splice(0, count);
    for (const call of calls) this.bytes -= call.bytes;
    return calls;
  }
}
