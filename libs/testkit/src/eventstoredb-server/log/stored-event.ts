/** An event on its way into the log, its content never looked into. */
export interface ProposedEvent {
  readonly id: string;
  readonly type: string;
  readonly contentType: string;
  readonly data: Uint8Array;
  readonly metadata: Uint8Array;
}

export interface StoredEvent extends ProposedEvent {
  readonly stream: string;
  readonly revision: number;
  /** Where its record begins in the log; commit and prepare position are the same, as in the server. */
  readonly position: number;
  /** Units of 100 ns since 1970. */
  readonly created: string;
}

/** What the server counts against MaxAppendSize. */
export function sizeOnDisk({ type, data, metadata }: ProposedEvent): number {
  return 2 * type.length + data.length + metadata.length;
}

/** About what a record takes in the server's log: positions grow by it, so none can be guessed. */
export function recordSize(event: ProposedEvent, stream: string): number {
  return 100 + 2 * stream.length + sizeOnDisk(event);
}
