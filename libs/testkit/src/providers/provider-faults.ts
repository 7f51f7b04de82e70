/** What a server of models does wrong. */
export const providerFaults = [
  /** Takes the work and says nothing. */
  'slow',
  /** Begins to answer and never ends. */
  'stalled',
  /** Closes the connection in the middle of its answer. */
  'cut',
  'bad_json',
  /** A file that is no picture. */
  'no_image',
  'wrong_size',
  /** One result less than was asked for. */
  'fewer',
  'none',
  /** Each result twice. */
  'duplicate',
  /** An answer without end. */
  'huge',
  /** The request itself is not to its liking. */
  'refused',
  /** Breaks down over the work. */
  'broken',
  'busy',
  /** Does not know the key. */
  'unauthorized',
] as const;

export type ProviderFault = (typeof providerFaults)[number];

/** A server of models on this machine that follows its protocol, until a test lets something go wrong. */
export interface ProviderStub {
  /** From now on, whatever is asked of it; undefined: all is well again. */
  inject(fault: ProviderFault | undefined): void;
  /** Pieces of work it was given and is not rid of yet. */
  underWay(): number;
  /** Bytes of endless answers it could send before nobody took any more. */
  sentBytes(): number;
}
