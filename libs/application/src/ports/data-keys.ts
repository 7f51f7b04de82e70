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
  /**
   * A fresh key that is already durable: whatever is sealed with it can be opened after a crash.
   * @throws DataKeysUnavailable when no durable key can be had, or after close.
   */
  take(): DataKey | Promise<DataKey>;
  /** Missing entries are destroyed keys. */
  open(ids: readonly string[]): Promise<ReadonlyMap<string, DataKey>>;
  /** Irreversible. Safe to repeat. */
  destroy(ids: readonly string[]): Promise<void>;
  /** Keys handed out stay as they are; keys never handed out are forgotten. */
  close(): Promise<void>;
}

/** No durable key can be had: nothing secret may be accepted. */
export class DataKeysUnavailable extends Error {
  override readonly name = 'DataKeysUnavailable';
}
