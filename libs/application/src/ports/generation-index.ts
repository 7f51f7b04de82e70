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
  readonly cursor?: string;
  readonly limit: number;
}

export interface GenerationPage {
  readonly items: readonly GenerationView[];
  readonly nextCursor: string | null;
}

/** Lists of generations. It follows the event store and may lag behind it by moments. */
export interface GenerationIndex {
  /** Newest first, erased ones left out. @throws InvalidCursor */
  list(filter: GenerationFilter): Promise<GenerationPage>;
  /** Position in the event store up to which the lists are complete. */
  position(): Promise<bigint>;
}

export class InvalidCursor extends Error {
  override readonly name = 'InvalidCursor';
  constructor() {
    super('cursor is not one that this list gave out');
  }
}
