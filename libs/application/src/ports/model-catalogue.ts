import type { PriceBook } from '@imprest/domain';
import type { ImageMediaType } from './generation-provider.js';

export interface ModelEntry {
  /** Public name. */
  readonly alias: string;
  /** Provider that renders it and the provider's own name of the model. */
  readonly provider: string;
  readonly providerModel: string;
  readonly mediaType: ImageMediaType;
}

/** What is sold, and for how much: data of the operator. */
export interface ModelCatalogue {
  /** The operator's default when no alias is given; undefined for an unknown alias. */
  resolve(alias?: string): ModelEntry | undefined;
  readonly aliases: readonly string[];
  readonly priceBook: PriceBook;
}
