import {
  type DeadlineDefaults,
  type GenerationParameters,
  isQuote,
  normaliseParameters,
  normaliseVideo,
  type PriceDetail,
  type PriceQuote,
  quote,
  quoteClip,
  type RequestedDeadlines,
  type RequestedParameters,
  type RequestedVideo,
  type SourceImage,
  validationError,
} from '@imprest/domain';
import { DomainFailure } from '../domain-failure.js';
import { randomUint32 } from '../identifiers.js';
import { keyedFingerprint } from '../keyed-fingerprint.js';
import type { ModelCatalogue, ModelEntry } from '../ports/model-catalogue.js';
import type { Secrets } from '../secrets.js';
import type { ShownCharacter } from './confidential-input.js';
import { soldModel } from './sold-model.js';
import type { VideoRequest } from './video-source.js';

/** A request as a dialect hands it over: types and bounds of single fields are checked already. */
export interface GenerationRequestInput
  extends Omit<RequestedParameters, 'seed' | 'referencesCount'> {
  readonly model?: string;
  /** May be empty for a video. */
  readonly prompt: string;
  /** Lowercased. */
  readonly endUserEmail: string;
  readonly references: readonly string[];
  readonly seed?: number;
  /** What a model of variable price is priced by, in dialects that have such prices. */
  readonly detail?: PriceDetail;
  /** What the caller said, where the dialect makes the prompt of it: a repeat is told by this. */
  readonly asked?: {
    readonly prompt: string;
    readonly characterId: string;
    readonly rawPrompt: boolean;
  };
  readonly negativePrompt?: string;
  /** Shown in every picture; it is an adult, so nothing may imply a minor. */
  readonly character?: ShownCharacter;
  /** Asks for a clip instead of images. */
  readonly video?: VideoRequest;
  /** As asked for; what is usual holds where nothing is. */
  readonly deadlines?: RequestedDeadlines;
  readonly webhookUrl: string | null;
}

export interface PreparedRequest {
  readonly parameters: GenerationParameters;
  readonly price: PriceQuote;
  /** Of the model, for the moderator. */
  readonly moderationClass: string;
  /** Of the model, where it has usual deadlines of its own. */
  readonly deadlines: Partial<DeadlineDefaults>;
}

/**
 * Applies the rules that join fields and the limits of the model, and puts a price on the result.
 * @param dialect name of the dialect that asks
 * @param source of a video; a video without one is an estimate, whose pixels are unknown
 * @throws DomainFailure
 */
export function prepareRequest(
  catalogue: ModelCatalogue,
  dialect: string,
  input: GenerationRequestInput,
  source?: SourceImage,
): PreparedRequest {
  const { video } = input;
  return video === undefined
    ? prepareImages(catalogue, dialect, input)
    : prepareVideo(catalogue, dialect, input, { ...video, source });
}

function prepareImages(
  catalogue: ModelCatalogue,
  dialect: string,
  input: GenerationRequestInput,
): PreparedRequest {
  const model = soldModel(catalogue, input.model, dialect, 'image');
  demandWithin(input, model);
  // Field by field: copying the whole input with a spread costs more than all the rest of this function.
  const normalised = normaliseParameters(
    {
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
    },
    model.limits,
  );
  if ('code' in normalised) throw new DomainFailure(normalised);
  const { parameters, sizeClass } = normalised;
  const { images } = parameters;
  const { detail } = input;
  const price = quote(catalogue.priceBook, { model: model.alias, sizeClass, images, detail });
  if (!isQuote(price)) throw new DomainFailure(price);
  return { parameters, price, ...standingOf(model) };
}

function prepareVideo(
  catalogue: ModelCatalogue,
  dialect: string,
  input: GenerationRequestInput,
  video: Pick<RequestedVideo, 'sourceGenerationId' | 'durationSeconds' | 'source'>,
): PreparedRequest {
  const model = soldModel(catalogue, input.model, dialect, 'video');
  demandWithin(input, model);
  const { watermark, guidanceScale } = input;
  const seed = input.seed ?? randomUint32();
  const parameters = normaliseVideo({ ...video, seed, watermark, guidanceScale }, model.limits);
  if ('code' in parameters) throw new DomainFailure(parameters);
  const seconds = parameters.video?.durationSeconds ?? 0;
  const price = quoteClip(catalogue.priceBook, model.alias, seconds);
  if (!isQuote(price)) throw new DomainFailure(price);
  return { parameters, price, ...standingOf(model) };
}

function standingOf({ moderation, deadlines = {} }: ModelEntry) {
  return { moderationClass: moderation, deadlines };
}

/** What a model bounds of any request, whatever it makes. */
function demandWithin({ prompt, seed }: GenerationRequestInput, { alias, limits }: ModelEntry) {
  const { maxPromptCharacters } = limits;
  if (prompt.length > maxPromptCharacters) {
    const rule = `must have at most ${maxPromptCharacters} characters for model ${alias}`;
    throw new DomainFailure(validationError('prompt', rule));
  }
  if (seed !== undefined && !limits.seed) {
    throw new DomainFailure(validationError('seed', `is not supported by model ${alias}`));
  }
}

/** The same for two requests that mean the same; a seed nobody named does not count. */
export function fingerprintOf(
  secrets: Pick<Secrets, 'pseudonymPepper'>,
  dialect: string,
  input: GenerationRequestInput,
  { parameters, price }: PreparedRequest,
): string {
  const meaning = [
    dialect,
    price.model,
    input.asked ?? input.prompt,
    input.endUserEmail,
    input.references,
    input.webhookUrl,
    { ...parameters, seed: input.seed ?? null, video: parameters.video ?? undefined },
    // At the end and only where it is stated: keys that were used before it existed keep their meaning.
    ...(input.detail === undefined ? [] : [input.detail]),
    ...(input.deadlines === undefined ? [] : [{ deadlines: input.deadlines }]),
  ];
  return keyedFingerprint(secrets, meaning);
}
