/** Held until released or lost. */
export interface ExclusiveLock {
  /** Resolves when the lock is no longer held, whatever the reason. */
  readonly lost: Promise<void>;
  /**
   * Whether nobody else can have it at this moment. A process that was frozen learns from the clock, before
   * anything else, that its lock may be another's by now.
   */
  isHeld(): boolean;
  release(): Promise<void>;
}

/** Names that one process at a time holds, among all that share them. */
export interface ExclusiveLocks {
  /** Waits until the name is free. Undefined when `signal` was aborted meanwhile. */
  acquire(name: string, signal: AbortSignal): Promise<ExclusiveLock | undefined>;
  /** Gives up whatever is held. */
  close(): Promise<void>;
}
