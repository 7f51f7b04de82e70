import type { GenerationParameters, StoredImage, VideoParameters } from '@imprest/domain';
import type { JsonObject } from '../envelope.js';
import { type EventOf, firstVersion } from '../event-definition.js';
import {
  amount,
  boolean,
  integer,
  list,
  nullable,
  number,
  object,
  oneOf,
  string,
} from '../schema.js';
import { allocation, priceQuote } from './token-account.js';

const category = 'generation';

const parameters = object<GenerationParameters>({
  width: nullable(integer()),
  height: nullable(integer()),
  size: string(),
  aspectRatio: oneOf('auto', 'square', 'landscape', 'portrait'),
  images: integer(),
  sequential: boolean(),
  seed: integer(),
  watermark: boolean(),
  guidanceScale: number(),
  responseFormat: oneOf('url', 'b64_json'),
  referencesCount: integer(),
  video: nullable(
    object<VideoParameters>({
      sourceGenerationId: string(),
      sourceImage: integer(),
      sourceAssetId: string(),
      durationSeconds: integer(),
    }),
  ),
});

export const storedImage = object<StoredImage>({
  index: integer(),
  assetId: string(),
  dataKeyId: string(),
  mediaType: string(),
  width: integer(),
  height: integer(),
  bytes: integer(),
  sha256: string(),
});

const errorCode = oneOf(
  'validation_error',
  'unauthorized',
  'insufficient_balance',
  'budget_exceeded',
  'forbidden',
  'content_policy',
  'not_found',
  'conflict',
  'payload_too_large',
  'unsupported_media_type',
  'rate_limited',
  'provider_error',
  'provider_timeout',
  'unavailable',
  'internal_error',
);

export const generationEvents = {
  GenerationRequested: {
    category,
    version: 2,
    schema: object<EventOf<'GenerationRequested'>['data']>({
      tenantId: string(),
      apiKeyId: string(),
      dialect: string(),
      endUserId: string(),
      parameters,
      price: priceQuote,
      fingerprint: string(),
      confidential: string(),
      dataKeyId: string(),
      webhook: boolean(),
      baseUrl: string(),
    }),
    // Before there were videos, everything was images.
    upcasters: [
      (data: JsonObject) => ({
        ...data,
        parameters: { ...(data.parameters as JsonObject), video: null },
      }),
    ],
  },
  GenerationStarted: firstVersion(
    category,
    object<EventOf<'GenerationStarted'>['data']>({ attempt: integer() }),
  ),
  ImageStored: firstVersion(category, storedImage),
  ImageLost: firstVersion(category, object<EventOf<'ImageLost'>['data']>({ index: integer() })),
  GenerationSucceeded: {
    category,
    version: 2,
    schema: object<EventOf<'GenerationSucceeded'>['data']>({
      images: integer(),
      charged: amount(),
      refunded: amount(),
      lots: list(allocation),
    }),
    // Which lots paid was known to the account alone.
    upcasters: [(data: JsonObject) => ({ ...data, lots: [] })],
  },
  GenerationFailed: {
    category,
    version: 2,
    schema: object<EventOf<'GenerationFailed'>['data']>({
      code: errorCode,
      message: string(),
      retryable: boolean(),
      retryAfter: nullable(integer()),
      charged: amount(),
      refunded: amount(),
    }),
    // Version 2 knows the code budget_exceeded.
    upcasters: [(data: JsonObject) => data],
  },
  GenerationCancelled: firstVersion(
    category,
    object<EventOf<'GenerationCancelled'>['data']>({
      reason: string(),
      charged: amount(),
      refunded: amount(),
    }),
  ),
  GenerationErased: firstVersion(
    category,
    object<EventOf<'GenerationErased'>['data']>({ reason: string() }),
  ),
};
