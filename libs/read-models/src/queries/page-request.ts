export interface PageRequest {
  /** As a page before gave it out. */
  readonly cursor?: string;
  /** 1 to 1,000. */
  readonly limit: number;
}
