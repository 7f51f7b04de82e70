import {
  MODEL_CATALOGUE,
  type ModelCatalogue,
  TOP_UP_PACKAGES,
  type TopUpPackages,
} from '@imprest/application';
import type { PriceBook } from '@imprest/domain';
import { Describes, OperatorOnly } from '@imprest/platform';
import { Controller, Get, Inject } from '@nestjs/common';
import { priceBookOperations } from '../../openapi/operations/tenant-details.js';

const texts = <Key extends string>(prices: Readonly<Partial<Record<Key, bigint>>>) =>
  Object.fromEntries(Object.entries(prices).map(([key, price]) => [key, String(price)]));

function pricesOf({ models, clips = {} }: PriceBook, alias: string) {
  const { perImage, perResolution } = models[alias] ?? {};
  const clip = clips[alias];
  const byResolution = Object.entries(perResolution ?? {}).map(([name, prices]) => [
    name,
    texts(prices),
  ]);
  return {
    tokensPerImage: perImage === undefined ? null : texts(perImage),
    tokensByResolution: perResolution === undefined ? null : Object.fromEntries(byResolution),
    tokensPerClip: clip !== undefined && 'perClip' in clip ? String(clip.perClip) : null,
    tokensPerSecond: clip !== undefined && 'perSecond' in clip ? String(clip.perSecond) : null,
  };
}

const money = ({ currency, minorUnits }: { currency: string; minorUnits: bigint }) => ({
  currency,
  minorUnits: String(minorUnits),
});

/** What is sold and for how much, as the files of the operator have it now. */
@Controller('admin/v1/price-book')
@Describes(priceBookOperations)
export class PriceBookController {
  constructor(
    @Inject(MODEL_CATALOGUE) private readonly catalogue: ModelCatalogue,
    @Inject(TOP_UP_PACKAGES) private readonly packages: TopUpPackages,
  ) {}

  @Get()
  @OperatorOnly('any')
  read() {
    const { aliases, priceBook } = this.catalogue;
    const { version, packages } = this.packages;
    return {
      version: priceBook.version,
      models: aliases.flatMap((model) => {
        const entry = this.catalogue.resolve(model);
        if (entry === undefined) return [];
        const { kind, provider, enabled, dialects = null } = entry;
        return [{ model, kind, provider, enabled, dialects, ...pricesOf(priceBook, model) }];
      }),
      packagesVersion: version,
      packages: packages.map(({ id, tokens, discount, prices }) => ({
        ...{ id, tokens: String(tokens), discount },
        prices: prices.map(({ listPrice, price }) => ({
          listPrice: money(listPrice),
          price: money(price),
        })),
      })),
    };
  }
}
