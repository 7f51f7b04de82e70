import type {
  Deadlines,
  GenerationParameters,
  OutputVerdict,
  StoredImage,
  StoredThumbnail,
  VideoParameters,
} from '@imprest/domain';
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
  timestamp,
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

export const outputVerdict = object<OutputVerdict>({
  provider: string(),
  version: string(),
  outcome: oneOf('allow', 'review', 'block'),
  category: nullable(string()),
  score: nullable(number()),
  latencyMs: integer(),
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
  thumbnail: nullable(
    object<StoredThumbnail>({
      mediaType: string(),
      width: integer(),
      height: integer(),
      bytes: integer(),
    }),
  ),
  marks: list(oneOf('xmp', 'c2pa')),
  verdicts: list(outputVerdict),
});

/** Before there was an output stage, workers wrote XMP, nobody looked, and nothing was made smaller. */
export const withoutOutputStage = (image: JsonObject): JsonObject => ({
  ...image,
  thumbnail: null,
  marks: ['xmp'],
  verdicts: [],
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
  'deadline_missed',
  'unavailable',
  'internal_error',
);

/** Which lots paid was known to the account alone. */
const withoutLots = (data: JsonObject) => ({ ...data, lots: [] });

export const generationEvents = {
  GenerationRequested: {
    category,
    version: 3,
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
      deadlines: object<Deadlines>({
        startBy: nullable(timestamp()),
        finishBy: nullable(timestamp()),
      }),
      redriveOf: nullable(string()),
    }),
    upcasters: [
      // Before there were videos, everything was images.
      (data: JsonObject) => ({
        ...data,
        parameters: { ...(data.parameters as JsonObject), video: null },
      }),
      // Work took as long as it took, and what was dead-lettered stayed so.
      (data: JsonObject) => ({
        ...data,
        deadlines: { startBy: null, finishBy: null },
        redriveOf: null,
      }),
    ],
  },
  GenerationStarted: firstVersion(
    category,
    object<EventOf<'GenerationStarted'>['data']>({ attempt: integer() }),
  ),
  ImageStored: { category, version: 2, schema: storedImage, upcasters: [withoutOutputStage] },
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
    upcasters: [withoutLots],
  },
  GenerationFailed: {
    category,
    version: 3,
    schema: object<EventOf<'GenerationFailed'>['data']>({
      code: errorCode,
      message: string(),
      retryable: boolean(),
      retryAfter: nullable(integer()),
      charged: amount(),
      refunded: amount(),
      lots: list(allocation),
    }),
    // Version 2 knows the code budget_exceeded; version 3 deadline_missed, and who pays for a failure.
    upcasters: [(data: JsonObject) => data, withoutLots],
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
