/** Up to where the events of the store have been handed to the broker. */
export interface RelayPosition {
  /** START_OF_STORE at first. */
  load(): Promise<bigint>;
  /** False, and nothing has happened, when it is not at `from` any more: somebody else has moved it. */
  advance(from: bigint, to: bigint): Promise<boolean>;
  /** Puts it back: whoever relays goes on from there, and consumers drop what they have. */
  rewind(to: bigint): Promise<void>;
}
