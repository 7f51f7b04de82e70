import { createHmac } from 'node:crypto';
import {
  type GenerationParameters,
  isQuote,
  normaliseParameters,
  type PriceDetail,
  type PriceQuote,
  quote,
  type RequestedParameters,
} from '@imprest/domain';
import { DomainFailure } from '../domain-failure.js';
import { randomUint32 } from '../identifiers.js';
import type { ModelCatalogue } from '../ports/model-catalogue.js';
import { soldModel } from './sold-model.js';

/** A request as a dialect hands it over: types and bounds of single fields are checked already. */
export interface GenerationRequestInput
  extends Omit<RequestedParameters, 'seed' | 'referencesCount'> {
  readonly model?: string;
  readonly prompt: string;
  /** Lowercased. */
  readonly endUserEmail: string;
  readonly references: readonly string[];
  readonly seed?: number;
  /** What a model of variable price is priced by, in dialects that have such prices. */
  readonly detail?: PriceDetail;
  readonly webhookUrl: string | null;
}

export interface PreparedRequest {
  readonly parameters: GenerationParameters;
  readonly price: PriceQuote;
}

/** Applies the rules that join fields and puts a price on the result. @throws DomainFailure */
export function prepareRequest(
  catalogue: ModelCatalogue,
  input: GenerationRequestInput,
): PreparedRequest {
  const model = soldModel(catalogue, input.model);
  // Field by field: copying the whole input with a spread costs more than all the rest of this function.
  const normalised = normaliseParameters({
    pixels: input.pixels,
    size: input.size,
    aspectRatio: input.aspectRatio,
    images: input.images,
    sequential: input.sequential,
    maxSequentialImages: input.maxSequentialImages,
    seed: input.seed ?? randomUint32(),
    watermark: input.watermark,
    guidanceScale: input.guidanceScale,
    responseFormat: input.responseFormat,
    referencesCount: input.references.length,
  });
  if ('code' in normalised) throw new DomainFailure(normalised);
  const { parameters, sizeClass } = normalised;
  const { images } = parameters;
  const { detail } = input;
  const price = quote(catalogue.priceBook, { model: model.alias, sizeClass, images, detail });
  if (!isQuote(price)) throw new DomainFailure(price);
  return { parameters, price };
}

/**
 * The same for two requests that mean the same; a seed nobody named does not count. Keyed, because it
 * outlives an erasure and must not let anyone test guesses of the prompt.
 */
export function fingerprintOf(
  pepper: Uint8Array,
  dialect: string,
  input: GenerationRequestInput,
  { parameters, price }: PreparedRequest,
): string {
  const meaning = [
    dialect,
    price.model,
    input.prompt,
    input.endUserEmail,
    input.references,
    input.webhookUrl,
    { ...parameters, seed: input.seed ?? null },
    // At the end and only where it is stated: keys that were used before it existed keep their meaning.
    ...(input.detail === undefined ? [] : [input.detail]),
  ];
  return createHmac('sha256', pepper).update(JSON.stringify(meaning)).digest('base64url');
}
