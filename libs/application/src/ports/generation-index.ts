import type { GenerationView } from '../generations/generation-view.js';

export interface GenerationFilter {
  readonly tenantId: string;
  readonly endUserId?: string;
  readonly status?: 'queued' | 'processing' | 'succeeded' | 'failed' | 'cancelled' | 'expired';
  readonly model?: string;
  readonly id?: string;
  readonly from?: Date;
  readonly to?: Date;
  /** Succeeded before this counts as expired. */
  readonly expiredBefore: Date;
  /** Newest first when absent. */
  readonly sort?: 'createdAt' | '-createdAt';
  /** Of a page in the same order. */
  readonly cursor?: string;
  readonly limit: number;
}

export interface GenerationPage {
  readonly items: readonly GenerationView[];
  readonly nextCursor: string | null;
}

/** Lists of generations. It follows the event store and may lag behind it by moments. */
export interface GenerationIndex {
  /** Erased ones left out. @throws InvalidCursor */
  list(filter: GenerationFilter): Promise<GenerationPage>;
  /** Position in the event store up to which the lists are complete. */
  position(): Promise<bigint>;
}

export class InvalidCursor extends Error {
  override readonly name = 'InvalidCursor';

  /** @param rule what is wrong with it: `is not one of this list` */
  constructor(readonly rule = 'is not one of this list') {
    super(`cursor ${rule}`);
  }
}
