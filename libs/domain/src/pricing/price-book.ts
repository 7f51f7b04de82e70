import { type DomainError, domainError, validationError } from '../shared/domain-error.js';
import type { Tokens } from '../shared/tokens.js';

/** `custom` is an explicit WxH. */
export type SizeClass = '2K' | '4K' | 'custom';

export interface ModelPrice {
  /** Tokens for one image of each size class; a missing class is not sold. */
  readonly perImage: Readonly<Partial<Record<SizeClass, Tokens>>>;
}

/** Prices are data of the operator; a version names what a quote was made from. */
export interface PriceBook {
  readonly version: string;
  readonly models: Readonly<Record<string, ModelPrice>>;
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
}

export function quote(book: PriceBook, request: PriceRequest): PriceQuote | DomainError {
  if (!Number.isSafeInteger(request.images) || request.images < 1) {
    return validationError('images', 'must be a whole number of at least 1');
  }
  const perImage = Object.hasOwn(book.models, request.model)
    ? book.models[request.model]?.perImage[request.sizeClass]
    : undefined;
  if (perImage === undefined) {
    return domainError(
      'validation_error',
      `model ${request.model} is not sold at size ${request.sizeClass}`,
      { field: 'size' },
    );
  }
  return {
    priceBookVersion: book.version,
    model: request.model,
    sizeClass: request.sizeClass,
    images: request.images,
    perImage,
    total: perImage * BigInt(request.images),
  };
}

export function isQuote(result: PriceQuote | DomainError): result is PriceQuote {
  return 'total' in result;
}
