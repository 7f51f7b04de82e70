import type { Money, Tokens } from '@imprest/domain';

/** What the journal says of one generation. Tokens by lot. */
export interface MoneyOfGeneration {
  readonly tenantId: string;
  readonly held: Tokens;
  /** Settlements and releases. */
  readonly closes: number;
  readonly captured: ReadonlyMap<string, Tokens>;
  readonly released: Tokens;
  readonly refunded: ReadonlyMap<string, Tokens>;
}

export interface AssetOnRecord {
  readonly assetId: string;
  readonly erased: boolean;
}

/** A purchased lot as the books have it. */
export interface LotOnRecord {
  readonly tokens: Tokens;
  readonly paid: Money;
  /** Charged back or repaid. */
  readonly takenBack: Tokens;
}

/** What a reconciliation asks the read models. They follow the event store and may lag behind it. */
export interface ReconciliationBooks {
  /** Position of the last entry that was known before a time; START_OF_STORE when there is none. */
  positionBefore(time: Date): Promise<bigint>;
  /** Generations that no token was held for are missing. */
  money(generationIds: readonly string[]): Promise<ReadonlyMap<string, MoneyOfGeneration>>;
  /** By generation; those without images are missing. */
  assets(generationIds: readonly string[]): Promise<ReadonlyMap<string, readonly AssetOnRecord[]>>;
  /** Those of the assets that some generation has. */
  knownAssets(assetIds: readonly string[]): Promise<ReadonlySet<string>>;
  lot(tenantId: string, lotId: string): Promise<LotOnRecord | undefined>;
}
