export interface ImprestOptions {
  /** Where the API is: `https://imprest.example.com`, with a path if `/v1` stands behind one. */
  readonly baseUrl: string;
  readonly apiKey: string;
  /** Further attempts after one that may pass; 3 when absent. */
  readonly maxRetries?: number;
  /** For each attempt, answer included; 60,000 when absent. */
  readonly timeoutMs?: number;
  /** The runtime's own when absent. */
  readonly fetch?: typeof fetch;
}

export interface CallOptions {
  /** Ends the call, its pauses included; it is then rejected with the signal's reason. */
  readonly signal?: AbortSignal;
}

export interface CostingCallOptions extends CallOptions {
  /**
   * Name of this order: the same call under it is carried out and charged once, for ever. When absent, one
   * is made for the call and kept over its retries; pass your own to repeat safely after a restart.
   */
  readonly idempotencyKey?: string;
}
