import { type DomainError, domainError, validationError } from '../shared/domain-error.js';
import type { Tokens } from '../shared/tokens.js';

/** `custom` is an explicit WxH. */
export type SizeClass = '2K' | '4K' | 'custom';

export const resolutions = ['1k', '2k', '4k', '8k'] as const;
export type Resolution = (typeof resolutions)[number];

export const qualities = ['medium', 'high'] as const;
export type Quality = (typeof qualities)[number];

/** What a model of variable price is priced by. */
export interface PriceDetail {
  readonly resolution: Resolution;
  readonly quality: Quality;
}

export interface ModelPrice {
  /** Tokens for one image of each size class; a missing class is not sold. */
  readonly perImage: Readonly<Partial<Record<SizeClass, Tokens>>>;
  /** Tokens for one image of a request that states a detail; a missing resolution is not sold in that way. */
  readonly perResolution?: Readonly<Partial<Record<Resolution, Readonly<Record<Quality, Tokens>>>>>;
}

/** Tokens for one clip, however long, or for each second of it. */
export type ClipPrice = { readonly perClip: Tokens } | { readonly perSecond: Tokens };

/** Prices are data of the operator; a version names what a quote was made from. */
export interface PriceBook {
  readonly version: string;
  readonly models: Readonly<Record<string, ModelPrice>>;
  /** Of video models; none when absent. */
  readonly clips?: Readonly<Record<string, ClipPrice>>;
}

/** A price as it was when asked for. It is frozen in the hold: later price books change nothing. */
export interface PriceQuote {
  readonly priceBookVersion: string;
  readonly model: string;
  readonly sizeClass: SizeClass;
  readonly images: number;
  readonly perImage: Tokens;
  readonly total: Tokens;
}

export interface PriceRequest {
  readonly model: string;
  readonly sizeClass: SizeClass;
  readonly images: number;
  /** Goes before the size class where the model has a price for it; the size class counts elsewhere. */
  readonly detail?: PriceDetail;
}

/** Pixels of the longer side of a picture of a resolution. */
export const longestSide = { '1k': 1_024, '2k': 2_048, '4k': 4_096, '8k': 8_192 } as const;

/** The least resolution that holds a picture of these pixels. */
export function resolutionOf(width: number, height: number): Resolution {
  const side = Math.max(width, height);
  return resolutions.find((resolution) => side <= longestSide[resolution]) ?? '8k';
}

function priceOf({ perImage, perResolution }: ModelPrice, { sizeClass, detail }: PriceRequest) {
  if (detail === undefined || perResolution === undefined) return perImage[sizeClass];
  return perResolution[detail.resolution]?.[detail.quality];
}

function notSold(book: PriceBook, { model, sizeClass, detail }: PriceRequest): DomainError {
  const own = Object.hasOwn(book.models, model) ? book.models[model] : undefined;
  const variable = detail !== undefined && own?.perResolution !== undefined;
  const [field, value] = variable ? ['resolution', detail.resolution] : ['size', sizeClass];
  const message = `model ${model} is not sold at ${field} ${value}`;
  return domainError('validation_error', message, { field });
}

export function quote(book: PriceBook, request: PriceRequest): PriceQuote | DomainError {
  if (!Number.isSafeInteger(request.images) || request.images < 1) {
    return validationError('images', 'must be a whole number of at least 1');
  }
  const own = Object.hasOwn(book.models, request.model) ? book.models[request.model] : undefined;
  const perImage = own && priceOf(own, request);
  if (perImage === undefined) return notSold(book, request);
  return {
    priceBookVersion: book.version,
    model: request.model,
    sizeClass: request.sizeClass,
    images: request.images,
    perImage,
    total: perImage * BigInt(request.images),
  };
}

/** One clip, which counts as one image of its price. */
export function quoteClip(
  book: PriceBook,
  model: string,
  seconds: number,
): PriceQuote | DomainError {
  const { version, clips = {} } = book;
  const price = Object.hasOwn(clips, model) ? clips[model] : undefined;
  if (price === undefined) {
    const message = `model ${model} is not sold for videos`;
    return domainError('validation_error', message, { field: 'model' });
  }
  const total = 'perClip' in price ? price.perClip : price.perSecond * BigInt(seconds);
  return {
    priceBookVersion: version,
    model,
    sizeClass: 'custom',
    images: 1,
    perImage: total,
    total,
  };
}

export function isQuote(result: PriceQuote | DomainError): result is PriceQuote {
  return 'total' in result;
}
