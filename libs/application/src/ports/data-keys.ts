/**
 * One key per secret thing (the personal part of a generation, one asset). Destroying it is the only
 * erasure an append-only log allows: the ciphertext stays, the books stay replayable, the content is gone.
 */
export interface DataKey {
  readonly id: string;
  /** 32 bytes, AES-256. */
  readonly secret: Uint8Array;
}

export interface DataKeys {
  /** A fresh key that is already durable: whatever is sealed with it can be opened after a crash. */
  take(): DataKey | Promise<DataKey>;
  /** Missing entries are destroyed keys. */
  open(ids: readonly string[]): Promise<ReadonlyMap<string, DataKey>>;
  /** Irreversible. Safe to repeat. */
  destroy(ids: readonly string[]): Promise<void>;
  close(): Promise<void>;
}
