/** Who asks, and how the answer must look. */
export interface Submitter {
  readonly tenantId: string;
  readonly apiKeyId: string;
  /** Aliases of the models that the key may use; null for all. */
  readonly models: ReadonlySet<string> | null;
  readonly dialect: string;
  readonly idempotencyKey: string | null;
  /** Base of absolute URLs in the record. */
  readonly baseUrl: string;
}
